package dev.caravan.delivery;

import dev.caravan.delivery.DeliveryReport.Halt;
import dev.caravan.delivery.link.Sender;
import dev.caravan.delivery.link.StopSignal;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Referent;
import dev.caravan.destination.Write;
import dev.caravan.mapping.Lookup;
import dev.caravan.row.KeyText;
import dev.caravan.row.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the ids of other records in place of their keys, before anything of a batch is written. Rows whose record is not there, or not certain,
 * are not sent: they are held and come back by themselves. Ids are remembered by the connection for a while. Thread-safe.
 */
public final class References {

    /** Why a row is held whose record the destination did not tell. */
    public static final String UNTOLD = "look_up";

    /** Why a row is held whose record is not there. */
    public static final String NONE = "look_up_none";

    /** Why a row is held where several records have the key: a person has to say which is meant. */
    public static final String SEVERAL = "look_up_several";

    private final Connection connection;
    private final ConversationDriver driver;

    public References(Connection connection, ConversationDriver driver) {
        this.connection = connection;
        this.driver = driver;
    }

    /**
     * A batch as it can be sent.
     *
     * @param batch the rows whose records are known, with their ids; perhaps none
     * @param held the others' ordinals by the reason why they are held
     * @param halt why no further batch should be sent; empty to go on
     */
    public record Resolved(Batch batch, Map<String, List<Long>> held, Optional<Halt> halt, int requests) {}

    /** The batch with ids. Asks for each record once, however many rows refer to it. */
    public Resolved resolve(Batch batch, Map<String, Lookup> lookups, Sender sender, StopSignal stop) {
        if (lookups.isEmpty()) {
            return new Resolved(batch, Map.of(), Optional.empty(), 0);
        }
        Asking asking = new Asking(sender, stop);
        lookups.forEach((field, lookup) -> asking.ask(lookup, wanted(batch, field)));
        List<Write> writes = new ArrayList<>();
        Map<String, List<Long>> held = new LinkedHashMap<>();
        for (Write write : batch.writes()) {
            resolved(batch, write, lookups, asking)
                    .ifPresentOrElse(
                            writes::add,
                            () -> held.computeIfAbsent(reason(batch, write, lookups, asking), why -> new ArrayList<>())
                                    .add(write.ordinal()));
        }
        Batch sendable = new Batch(batch.action(), batch.job(), batch.object(), batch.key(), batch.schema(), writes);
        return new Resolved(sendable, held, asking.halt, asking.requests);
    }

    /** The keys that stand in a field of any row, each once. */
    private static List<Value> wanted(Batch batch, String field) {
        return batch.writes().stream()
                .filter(write -> !isRemembered(batch, write, field))
                .flatMap(write -> key(batch, write, field).stream())
                .distinct()
                .toList();
    }

    private static Optional<Value> key(Batch batch, Write write, String field) {
        Map<String, Value> key = batch.key().values(write.targetKey());
        return Optional.ofNullable(
                        key.containsKey(field) ? key.get(field) : write.fields().get(field))
                .filter(value -> !value.isEmpty());
    }

    /** A member is taken out by the ids it was added with, whatever became of the records' keys since. */
    private static boolean isRemembered(Batch batch, Write write, String field) {
        return batch.action() == Action.REMOVE
                && write.remoteId() != null
                && batch.key().fields().contains(field);
    }

    private static Optional<Write> resolved(Batch batch, Write write, Map<String, Lookup> lookups, Asking asking) {
        Map<String, Value> key = new LinkedHashMap<>(remembered(batch, write, lookups));
        Map<String, Value> fields = new LinkedHashMap<>(write.fields());
        for (Map.Entry<String, Lookup> each : lookups.entrySet()) {
            Optional<Value> asked = key(batch, write, each.getKey());
            if (asked.isEmpty() || isRemembered(batch, write, each.getKey())) {
                continue;
            }
            if (!(asking.told(each.getValue(), asked.get()) instanceof Referent.One one)) {
                return Optional.empty();
            }
            (key.containsKey(each.getKey()) ? key : fields).put(each.getKey(), new Value.Text(one.id()));
        }
        return Optional.of(write.as(batch.key().of(key), fields));
    }

    private static Map<String, Value> remembered(Batch batch, Write write, Map<String, Lookup> lookups) {
        String id = write.remoteId();
        boolean any = batch.key().fields().stream()
                .anyMatch(field -> lookups.containsKey(field) && isRemembered(batch, write, field));
        if (!any || id == null) {
            return batch.key().values(write.targetKey());
        }
        List<String> parts = batch.key().isComposite() ? KeyText.parts(id) : List.of(id);
        return batch.key()
                .values(
                        batch.key().isComposite()
                                ? new Value.Tuple(parts.stream()
                                        .<Value>map(Value.Text::new)
                                        .toList())
                                : new Value.Text(parts.getFirst()));
    }

    private static String reason(Batch batch, Write write, Map<String, Lookup> lookups, Asking asking) {
        String reason = UNTOLD;
        for (Map.Entry<String, Lookup> each : lookups.entrySet()) {
            Optional<Value> asked =
                    key(batch, write, each.getKey()).filter(value -> !isRemembered(batch, write, each.getKey()));
            if (asked.isPresent()) {
                switch (asking.told(each.getValue(), asked.get())) {
                    case Referent.Several several -> {
                        return SEVERAL;
                    }
                    case Referent.None none -> reason = NONE;
                    case Referent.Untold untold -> {}
                    case Referent.One one -> {}
                }
            }
        }
        return reason;
    }

    /** What was asked for one batch. One thread. */
    private final class Asking {

        private final Sender sender;
        private final StopSignal stop;
        private final Map<Lookup, Map<String, Referent>> told = new LinkedHashMap<>();
        private Optional<Halt> halt = Optional.empty();
        private int requests;

        Asking(Sender sender, StopSignal stop) {
            this.sender = sender;
            this.stop = stop;
        }

        Referent told(Lookup lookup, Value key) {
            return told.getOrDefault(lookup, Map.of()).getOrDefault(key.text(), new Referent.Untold("unasked"));
        }

        void ask(Lookup lookup, List<Value> keys) {
            Map<String, Referent> known = told.computeIfAbsent(lookup, any -> new LinkedHashMap<>());
            Map<String, Value> unknown = new LinkedHashMap<>();
            for (Value key : keys) {
                Optional<String> id = connection.knownIds().id(lookup, key.text());
                id.ifPresent(found -> known.put(key.text(), new Referent.One(found)));
                if (id.isEmpty() && !known.containsKey(key.text())) {
                    unknown.put(key.text(), key);
                }
            }
            if (unknown.isEmpty() || halt.isPresent()) {
                return;
            }
            List<Value> asked = List.copyOf(unknown.values());
            connection
                    .destination()
                    .identify(lookup.object(), lookup.field(), asked)
                    .ifPresent(talk -> {
                        Driven<List<Referent>> driven = driver.drive(talk, sender, stop);
                        requests += driven.requests();
                        switch (driven) {
                            case Driven.Finished<List<Referent>> done -> keep(lookup, asked, done.result(), known);
                            case Driven.LeftOpen<List<Referent>> open ->
                                halt = Optional.of(new Halt(open.reason(), ""));
                        }
                    });
        }

        private void keep(Lookup lookup, List<Value> asked, List<Referent> answered, Map<String, Referent> known) {
            for (int i = 0; i < asked.size(); i++) {
                String key = asked.get(i).text();
                Referent referent =
                        answered.size() == asked.size() ? answered.get(i) : new Referent.Untold("miscounted");
                known.put(key, referent);
                switch (referent) {
                    case Referent.One one -> connection.knownIds().keep(lookup, key, one.id());
                    case Referent.Untold untold -> halt = halt.or(() -> Round.halting(untold.reason()));
                    case Referent.None none -> {}
                    case Referent.Several several -> {}
                }
            }
        }
    }
}
