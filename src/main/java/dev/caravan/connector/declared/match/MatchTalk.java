package dev.caravan.connector.declared.match;

import dev.caravan.connector.declared.answer.Refusals;
import dev.caravan.connector.declared.answer.Said;
import dev.caravan.connector.declared.answer.Verdict;
import dev.caravan.connector.declared.answer.Verdicts;
import dev.caravan.connector.declared.batch.BatchTalk;
import dev.caravan.connector.declared.batch.ByIdTalk;
import dev.caravan.connector.declared.match.Sought.Hit;
import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.render.Parcel;
import dev.caravan.connector.declared.render.Parcels;
import dev.caravan.connector.declared.spec.BatchSpec;
import dev.caravan.connector.declared.spec.Nulls;
import dev.caravan.connector.declared.spec.OperationSpec.ByIdSpec;
import dev.caravan.connector.declared.spec.RequestSpec;
import dev.caravan.connector.declared.spec.Strategy;
import dev.caravan.connector.declared.spec.Strategy.Next;
import dev.caravan.destination.Action;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.transport.Request.Replay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Searches for the records of all rows, then writes those that are there, then those that are not. Several records with one key are for a
 * person to look at. Another writer may come between search and write; what is written then is what the API makes of it.
 */
public final class MatchTalk {

    private static final BatchSpec ONE = new BatchSpec(1, 0, 0, Optional.empty(), Optional.empty());

    private MatchTalk() {}

    /**
     * Ends with an outcome for each item, by place in the batch.
     *
     * @param byId for rows that the search does not find and whose records are known: a search may be behind, or look for a new key
     */
    public static Conversation<Map<Integer, Outcome>> send(
            Errand errand, Strategy.Match how, Optional<ByIdSpec> byId, List<Item> items) {
        Parcel.Cut cut =
                new Parcels(errand, how.batch(), how.nulls(), how.find().request(), Replay.READ).cut(items);
        return search(errand, how, cut.parcels(), 0, Map.of()).andThen(hits -> {
            Sorted sorted = new Sorted();
            items.forEach(item -> Optional.ofNullable(hits.get(item.index()))
                    .ifPresent(hit -> sorted.add(errand, byId.isPresent(), item, hit)));
            sorted.settled.putAll(cut.settled());
            return rivals(errand, byId, sorted, 0).andThen(all -> write(errand, how, byId, all));
        });
    }

    private static Conversation<Map<Integer, Hit>> search(
            Errand errand, Strategy.Match how, List<Parcel> parcels, int at, Map<Integer, Hit> sofar) {
        if (at == parcels.size()) {
            return new Conversation.Done<>(sofar);
        }
        Parcel parcel = parcels.get(at);
        return new Conversation.Send<>(parcel.request(), reply -> {
            Map<Integer, Hit> hits = new LinkedHashMap<>(sofar);
            hits.putAll(Sought.read(errand, how.find(), reply, parcel.items()));
            return search(errand, how, parcels, at + 1, hits);
        });
    }

    /** What follows for each row. */
    private static final class Sorted {
        private final Map<Integer, Outcome> settled = new LinkedHashMap<>();
        private final List<Item> there = new ArrayList<>();
        private final List<Item> known = new ArrayList<>();
        private final List<Item> absent = new ArrayList<>();
        private final List<Rival> rivals = new ArrayList<>();

        void add(Errand errand, boolean byId, Item item, Hit hit) {
            switch (hit) {
                case Hit.One other
                when byId && errand.moves(item) && another(item, other) -> rivals.add(new Rival(item, other));
                case Hit.One other
                when errand.deletes() && another(item, other) -> settled.put(item.index(), otherRecord());
                case Hit.One one -> there.add(item.found(one.id(), one.said()));
                case Hit.None none when byId && item.id().isPresent() -> known.add(item);
                case Hit.None none -> absent.add(item);
                case Hit.Several several -> settled.put(item.index(), several());
                case Hit.Failed failed -> settled.put(item.index(), failed.outcome());
            }
        }
    }

    /** A row whose record is known, and another record that has its new key. */
    private record Rival(Item item, Hit.One other) {

        /** Where its own record is gone, the other one is its record. */
        void settle(boolean gone, Sorted sorted) {
            if (gone) {
                sorted.there.add(item.found(other.id(), other.said()));
            } else {
                sorted.settled.put(item.index(), taken());
            }
        }
    }

    /** One after the other: such rows are few. */
    private static Conversation<Sorted> rivals(Errand errand, Optional<ByIdSpec> byId, Sorted sorted, int at) {
        if (at == sorted.rivals.size()) {
            return new Conversation.Done<>(sorted);
        }
        Rival rival = sorted.rivals.get(at);
        Optional<RequestSpec> still = byId.flatMap(ByIdSpec::still);
        if (still.isEmpty()) {
            rival.settle(false, sorted);
            return rivals(errand, byId, sorted, at + 1);
        }
        Parcel.Cut cut =
                new Parcels(errand, ONE, new Nulls.Omit(), still.get(), Replay.READ).cut(List.of(rival.item()));
        sorted.settled.putAll(cut.settled());
        if (cut.parcels().isEmpty()) {
            return rivals(errand, byId, sorted, at + 1);
        }
        return new Conversation.Send<>(cut.parcels().getFirst().request(), reply -> {
            Verdict verdict = Verdicts.untouched(errand.spec(), reply, errand.variables(), Sought.UNCLEAR);
            boolean gone = verdict instanceof Verdict.Refused no
                    && byId.filter(how -> how.gone().contains(no.code())).isPresent();
            if (gone || Verdicts.done(errand.spec(), reply, errand.variables())) {
                rival.settle(gone, sorted);
            } else {
                sorted.settled.putAll(verdict.outcomes(errand, List.of(rival.item())));
            }
            return rivals(errand, byId, sorted, at + 1);
        });
    }

    private static Conversation<Map<Integer, Outcome>> write(
            Errand errand, Strategy.Match how, Optional<ByIdSpec> byId, Sorted sorted) {
        return follow(errand, how.found(), sorted.there).andThen(there -> {
            Map<Integer, Outcome> settled = Item.merge(sorted.settled, behind(byId, there));
            Function<List<Item>, Conversation<Map<Integer, Outcome>>> makes = gone -> follow(
                            errand,
                            how.absent(),
                            Stream.concat(sorted.absent.stream(), gone.stream()).toList())
                    .andThen(made -> new Conversation.Done<>(Item.merge(settled, made)));
            return byId.isEmpty() ? makes.apply(List.of()) : ByIdTalk.send(errand, byId.get(), sorted.known, makes);
        });
    }

    /** What a search has found and is not there says that the search is behind: it is asked again later. */
    private static Map<Integer, Outcome> behind(Optional<ByIdSpec> byId, Map<Integer, Outcome> there) {
        Map<Integer, Outcome> outcomes = new LinkedHashMap<>(there);
        byId.ifPresent(how -> outcomes.replaceAll((place, outcome) -> how.isGone(outcome) ? Sought.again() : outcome));
        return outcomes;
    }

    /** Moved nevertheless, there would be two of it where the destination does not mind. */
    private static Outcome taken() {
        return new Outcome.Rejected(
                "caravan.key_taken",
                null,
                "another record has the new key: merge the two there, or give that one another key",
                ErrorClass.CONFLICT);
    }

    /** Whether the row's record is known and is not the one found. */
    private static boolean another(Item item, Hit.One found) {
        return item.id().filter(id -> !id.equals(found.id())).isPresent();
    }

    /** Deleted, it would be somebody else's who has come to the key since. */
    private static Outcome otherRecord() {
        return new Outcome.Rejected(
                "caravan.other_record",
                null,
                "another record has the key than the one that was written: look which of the two is to go",
                ErrorClass.CONFLICT);
    }

    private static Outcome several() {
        return new Outcome.Rejected("caravan.several", null, "several records have this key", ErrorClass.CONFLICT);
    }

    private static Conversation<Map<Integer, Outcome>> follow(Errand errand, Next next, List<Item> items) {
        Map<Integer, Outcome> outcomes = new LinkedHashMap<>();
        return switch (next) {
            case Next.Do write when makes(errand, items) -> BatchTalk.make(errand, write.how(), items);
            case Next.Do write -> BatchTalk.send(errand, write.how(), items);
            case Next.Refuse no -> {
                Said said = new Said(no.code(), "", Optional.empty(), Optional.empty());
                items.forEach(item ->
                        outcomes.put(item.index(), Refusals.outcome(errand, item, no.errorClass(), said, false)));
                yield new Conversation.Done<>(outcomes);
            }
            case Next.Unchanged same -> {
                items.forEach(item -> outcomes.put(
                        item.index(), new Outcome.Unchanged(item.id().orElse(null))));
                yield new Conversation.Done<>(outcomes);
            }
        };
    }

    /** An upsert of what was not there makes it, whether or not the answer says so. */
    private static boolean makes(Errand errand, List<Item> items) {
        return errand.batch().action() == Action.UPSERT
                && items.stream().allMatch(item -> item.found().isEmpty());
    }
}
