package dev.caravan.connector.jdbc;

import dev.caravan.connector.jdbc.Group.Form;
import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.connector.jdbc.sql.TableName;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.Value;
import dev.caravan.transport.Reply;
import dev.caravan.transport.SqlAnswer;
import dev.caravan.transport.SqlRequest;
import dev.caravan.transport.SqlRequest.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Delivers a batch in one transaction. Rows of which nothing was written are looked for afterwards: a row that is there was so already. Rows
 * of an upsert that are known to be there are updated, since their changes alone would not make a whole record; one that is gone after all is
 * made in a second transaction.
 */
final class Delivery {

    /** PostgreSQL's word for what tables with partitions do not have. */
    private static final String NOT_SUPPORTED = "0A000";

    private final JdbcSpec spec;
    private final Dialect dialect;
    private final TableName table;
    private final Batch batch;

    Delivery(JdbcSpec spec, TableName table, Batch batch) {
        this.spec = spec;
        this.dialect = spec.dialect();
        this.table = table;
        this.batch = batch;
    }

    Conversation<List<Outcome>> deliver() {
        Preparation ready = Preparation.of(dialect, batch);
        List<Item> items = ready.items().stream().map(this::complete).toList();
        return transaction(Group.of(items, this::form), false)
                .andThen(this::checked)
                .andThen(sent -> {
                    Map<Integer, Outcome> outcomes = new LinkedHashMap<>(ready.settled());
                    outcomes.putAll(sent);
                    return new Conversation.Done<>(inOrder(outcomes));
                });
    }

    private List<Outcome> inOrder(Map<Integer, Outcome> outcomes) {
        List<Outcome> ordered = new ArrayList<>();
        for (int i = 0; i < batch.writes().size(); i++) {
            ordered.add(outcomes.getOrDefault(i, new Outcome.Unknown("unaccounted")));
        }
        return ordered;
    }

    /** An appended row carries its dedupe key, where the table keeps one. */
    private Item complete(Item item) {
        if (batch.action() != Action.APPEND || !deduplicated()) {
            return item;
        }
        Map<String, Value> fields = new LinkedHashMap<>(item.fields());
        fields.put(spec.dedupeColumn(), new Value.Text(item.write().dedupeKey()));
        return new Item(item.index(), item.write(), item.key(), fields);
    }

    private boolean deduplicated() {
        return JdbcDestination.unique(batch, spec.dedupeColumn());
    }

    private Form form(Item item) {
        return switch (batch.action()) {
            case UPSERT -> item.write().kind() == Kind.ADD ? Form.UPSERT : Form.UPDATE;
            case UPDATE -> Form.UPDATE;
            case INSERT, APPEND -> Form.INSERT;
            case DELETE -> Form.DELETE;
            case ARCHIVE, ADD, REMOVE -> throw JdbcDestination.impossible(batch.action());
        };
    }

    /** What a transaction settled, and the items of which it wrote nothing, each with what is to be found out. */
    private Conversation<Ends> transaction(List<Group> groups, boolean plain) {
        List<Group> busy = groups.stream().filter(group -> !group.idle()).toList();
        Ends ends = new Ends();
        groups.stream()
                .filter(Group::idle)
                .forEach(group -> group.items().forEach(item -> ends.unwritten(item, group)));
        if (busy.isEmpty()) {
            return new Conversation.Done<>(ends);
        }
        List<Statement> statements = new ArrayList<>();
        busy.forEach(group -> statements.addAll(group.statements(dialect, table, batch, plain)));
        return new Conversation.Send<>(SqlRequest.write(statements, spec.timeout()), reply -> {
            boolean partitions = !plain && reply instanceof SqlAnswer answer && isNotSupported(answer);
            if (partitions) {
                return transaction(groups, true);
            }
            new Results(dialect, batch, deduplicated()).read(reply, busy, ends);
            return new Conversation.Done<>(ends);
        });
    }

    private static boolean isNotSupported(SqlAnswer answer) {
        return answer.refusal().filter(why -> why.state().equals(NOT_SUPPORTED)).isPresent();
    }

    private Conversation<Map<Integer, Outcome>> checked(Ends ends) {
        if (ends.unwritten().isEmpty()) {
            return new Conversation.Done<>(ends.outcomes());
        }
        boolean byDedupeKey = batch.action() == Action.APPEND;
        List<String> columns =
                byDedupeKey ? List.of(spec.dedupeColumn()) : batch.key().fields();
        List<Item> items = List.copyOf(ends.unwritten().keySet());
        List<List<Value>> keys = items.stream()
                .map(item ->
                        byDedupeKey ? List.<Value>of(new Value.Text(item.write().dedupeKey())) : item.key())
                .toList();
        Presence presence = new Presence(dialect, table, columns, keys);
        return new Conversation.Send<>(SqlRequest.read(presence.statements(), spec.timeout()), reply -> {
            Optional<List<Boolean>> there = presence.read(reply);
            if (there.isEmpty()) {
                items.forEach(item -> ends.settle(item, unseen(ends.refusal(item), reply)));
                return new Conversation.Done<>(ends.outcomes());
            }
            List<Item> gone = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                Item item = items.get(i);
                if (!there.get().get(i) && recreated(item, ends)) {
                    gone.add(item);
                } else {
                    ends.settle(item, there.get().get(i) ? present(item, ends) : absent(item, ends));
                }
            }
            return recreate(gone, ends);
        });
    }

    /** Nobody says whether it is there; certain is that nothing was written. */
    private Outcome unseen(Optional<Outcome> refusal, Reply reply) {
        if (refusal.isPresent()) {
            return new Outcome.Unknown(Outcome.Unknown.KEY_TAKEN);
        }
        return reply instanceof Reply.NotSent not
                ? new Outcome.Deferred(not.reason(), not.notBefore())
                : new Outcome.Deferred("not_checked", Optional.empty());
    }

    private Outcome present(Item item, Ends ends) {
        boolean refused = ends.refusal(item).isPresent();
        return refused && batch.action() == Action.INSERT
                // Ours, most likely; but nothing here says with whose values (invariant I2).
                ? new Outcome.Unknown(Outcome.Unknown.KEY_TAKEN)
                : new Outcome.Unchanged(null);
    }

    private Outcome absent(Item item, Ends ends) {
        Optional<Outcome> refusal = ends.refusal(item);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (item.write().kind() == Kind.REMOVE) {
            return new Outcome.Unchanged(null);
        }
        return batch.action() == Action.UPDATE
                ? new Outcome.Rejected("NOT_FOUND", batch.keyField(), "no record has this key", ErrorClass.DATA)
                : new Outcome.Deferred("not_written", Optional.empty());
    }

    /** Whether it was taken for a record that is there, and has to be made. */
    private boolean recreated(Item item, Ends ends) {
        return batch.action() == Action.UPSERT && item.write().kind() == Kind.CHANGE && ends.form(item) == Form.UPDATE;
    }

    private Conversation<Map<Integer, Outcome>> recreate(List<Item> gone, Ends ends) {
        return gone.isEmpty()
                ? new Conversation.Done<>(ends.outcomes())
                : transaction(Group.of(gone, item -> Form.UPSERT), false).andThen(more -> {
                    more.unwritten().keySet().forEach(item -> more.settle(item, absent(item, more)));
                    ends.outcomes().putAll(more.outcomes());
                    return new Conversation.Done<>(ends.outcomes());
                });
    }
}
