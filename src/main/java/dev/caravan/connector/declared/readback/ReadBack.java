package dev.caravan.connector.declared.readback;

import dev.caravan.connector.declared.answer.Answered;
import dev.caravan.connector.declared.answer.Finder;
import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.render.Parcel;
import dev.caravan.connector.declared.render.Parcels;
import dev.caravan.connector.declared.render.Preparation;
import dev.caravan.connector.declared.select.Found;
import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.Nulls;
import dev.caravan.connector.declared.spec.ReadBackSpec;
import dev.caravan.connector.declared.template.BatchScope;
import dev.caravan.connector.declared.template.Faults;
import dev.caravan.connector.declared.template.Fill;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Trace;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request.Replay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks by key what became of inserts whose answers were lost. It only reads. What no answer tells for certain is unsure: a record that
 * cannot be read to its end, an answer that holds fewer records than it says, two inserts with one key.
 */
public final class ReadBack {

    private static final Trace NOT_TOLD = new Trace.Unsure("look_up");

    private final Errand errand;
    private final ReadBackSpec spec;
    private final Trace.Question question;

    /** Asks this. */
    public ReadBack(Errand errand, ReadBackSpec spec, Trace.Question question) {
        this.errand = errand;
        this.spec = spec;
        this.question = question;
    }

    /** Ends with one trace a write, in their order. */
    public Conversation<List<Trace>> ask() {
        List<Item> items = Preparation.of(question.batch()).items();
        Parcel.Cut cut = new Parcels(
                        errand, spec.batch(), new Nulls.JsonNull(), spec.find().request(), Replay.READ)
                .cut(items);
        return from(cut.parcels(), 0, Map.of());
    }

    private Conversation<List<Trace>> from(List<Parcel> parcels, int at, Map<Integer, Trace> sofar) {
        if (at == parcels.size()) {
            return new Conversation.Done<>(inOrder(sofar));
        }
        Parcel parcel = parcels.get(at);
        return new Conversation.Send<>(parcel.request(), reply -> {
            Map<Integer, Trace> all = new HashMap<>(sofar);
            all.putAll(read(parcel.items(), reply));
            // Where nobody answers, the next question would meet the same.
            return reply instanceof HttpAnswer ? from(parcels, at + 1, all) : new Conversation.Done<>(inOrder(all));
        });
    }

    private List<Trace> inOrder(Map<Integer, Trace> traces) {
        List<Trace> ordered = new ArrayList<>(question.all(NOT_TOLD));
        traces.forEach(ordered::set);
        return ordered;
    }

    private Map<Integer, Trace> read(List<Item> items, Reply reply) {
        if (!(reply instanceof HttpAnswer answer)) {
            return Map.of();
        }
        Answered answered = Answered.of(answer, errand.variables());
        Subject subject = answered.subject();
        if (spec.find().none().filter(when -> when.holds(subject)).isPresent()) {
            return traces(items, Map.of());
        }
        boolean listed = spec.find().rows().lists(subject.found(), subject.variables());
        if (!spec.find().when().holds(subject) || !answered.structured() || !listed) {
            return Map.of();
        }
        List<Found> records = spec.find().rows().all(subject.found(), subject.variables());
        return whole(subject, records.size()) ? found(items, subject, records) : Map.of();
    }

    /** Whether the answer holds as many records as it says that there are. */
    private boolean whole(Subject answer, int records) {
        return spec.total()
                .map(total -> total.text(answer.found(), answer.variables()))
                .map(text -> text.filter(Integer.toString(records)::equals).isPresent())
                .orElse(true);
    }

    private Map<Integer, Trace> found(List<Item> items, Subject answer, List<Found> nodes) {
        Finder finder = Finder.byKey(items, errand.ignoresCase());
        Map<Integer, Map<String, Evidence>> byItem = new HashMap<>();
        for (Found node : nodes) {
            Subject at = answer.at(node);
            Optional<Evidence> record = Evidence.of(spec, at);
            if (record.isEmpty()) {
                return Map.of();
            }
            for (Item item : meant(at, items, finder)) {
                byItem.computeIfAbsent(item.index(), any -> new LinkedHashMap<>())
                        .put(record.get().id(), record.get());
            }
        }
        return traces(items, byItem);
    }

    /** Searches find more than was asked for: similar keys, other fields. Such records are of no row. */
    private List<Item> meant(Subject record, List<Item> items, Finder finder) {
        return spec.find()
                .match()
                .map(match -> match.texts(record.found(), record.variables()).stream()
                        .flatMap(text -> finder.find(text, 0).stream())
                        .distinct()
                        .toList())
                .orElse(items.size() == 1 ? items : List.of());
    }

    private Map<Integer, Trace> traces(List<Item> items, Map<Integer, Map<String, Evidence>> found) {
        Finder finder = Finder.byKey(items, errand.ignoresCase());
        Map<Integer, Trace> traces = new HashMap<>();
        for (Item item : items) {
            boolean alone = finder.find(item.write().targetKey().text(), 0).isPresent();
            List<Evidence> records =
                    List.copyOf(found.getOrDefault(item.index(), Map.of()).values());
            traces.put(item.index(), alone ? trace(item, records) : new Trace.Unsure("found_several"));
        }
        return traces;
    }

    private boolean seesAll() {
        return spec.seesAll()
                || spec.seesAllIf()
                        .flatMap(text -> new Fill(BatchScope.of(errand.known()), new Faults()).text(text))
                        .filter("true"::equals)
                        .isPresent();
    }

    private Trace trace(Item item, List<Evidence> records) {
        if (records.isEmpty()) {
            return seesAll() ? new Trace.Absent() : new Trace.Unsure("look_up_blind");
        }
        return records.size() > 1
                ? new Trace.Unsure("found_several")
                : records.getFirst().proves(item, question.begun().get(item.index()));
    }
}
