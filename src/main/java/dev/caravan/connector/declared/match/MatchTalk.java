package dev.caravan.connector.declared.match;

import dev.caravan.connector.declared.answer.Refusals;
import dev.caravan.connector.declared.answer.Said;
import dev.caravan.connector.declared.batch.BatchTalk;
import dev.caravan.connector.declared.match.Sought.Hit;
import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.render.Parcel;
import dev.caravan.connector.declared.render.Parcels;
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

/**
 * Searches for the records of all rows, then writes those that are there, then those that are not. Several records with one key are for a
 * person to look at. Another writer may come between search and write; what is written then is what the API makes of it.
 */
public final class MatchTalk {

    private MatchTalk() {}

    /** Ends with an outcome for each item, by place in the batch. */
    public static Conversation<Map<Integer, Outcome>> send(Errand errand, Strategy.Match how, List<Item> items) {
        Parcel.Cut cut =
                new Parcels(errand, how.batch(), how.nulls(), how.find().request(), Replay.READ).cut(items);
        return search(errand, how, cut.parcels(), 0, Map.of())
                .andThen(hits -> write(errand, how, hits, items, cut.settled()));
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

    private static Conversation<Map<Integer, Outcome>> write(
            Errand errand,
            Strategy.Match how,
            Map<Integer, Hit> hits,
            List<Item> items,
            Map<Integer, Outcome> settled) {
        Map<Integer, Outcome> outcomes = new LinkedHashMap<>(settled);
        List<Item> there = new ArrayList<>();
        List<Item> absent = new ArrayList<>();
        for (Item item : items) {
            switch (Optional.ofNullable(hits.get(item.index()))) {
                case Optional<Hit> none when none.isEmpty() -> {}
                case Optional<Hit> some -> {
                    switch (some.get()) {
                        case Hit.One one -> there.add(item.found(one.id(), one.said()));
                        case Hit.None none -> absent.add(item);
                        case Hit.Several several -> outcomes.put(item.index(), several());
                        case Hit.Failed failed -> outcomes.put(item.index(), failed.outcome());
                    }
                }
            }
        }
        return follow(errand, how.found(), there)
                .andThen(first -> follow(errand, how.absent(), absent)
                        .andThen(second -> new Conversation.Done<>(Item.merge(outcomes, Item.merge(first, second)))));
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
