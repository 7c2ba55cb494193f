package dev.caravan.connector.declared.match;

import dev.caravan.connector.declared.match.Sought.Hit;
import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Parcel;
import dev.caravan.connector.declared.render.Parcels;
import dev.caravan.connector.declared.render.Preparation;
import dev.caravan.connector.declared.spec.LookupSpec;
import dev.caravan.connector.declared.spec.Nulls;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Referent;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Request.Replay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks for the ids of records by a field of theirs. Only reads. */
public final class LookupTalk {

    private static final String UNTOLD = "look_up";

    private LookupTalk() {}

    /**
     * Ends with a referent for each row of the batch, in order.
     *
     * @param batch one row a record, known by the field that is its key
     */
    public static Conversation<List<Referent>> ask(Errand errand, LookupSpec how, Batch batch) {
        if (batch.writes().isEmpty()) {
            return new Conversation.Done<>(List.of());
        }
        Preparation ready = Preparation.of(batch);
        Parcel.Cut cut = new Parcels(
                        errand, how.batch(), new Nulls.Omit(), how.find().request(), Replay.READ)
                .cut(ready.items());
        Map<Integer, Referent> impossible = new LinkedHashMap<>();
        ready.settled().keySet().forEach(place -> impossible.put(place, new Referent.None()));
        cut.settled().keySet().forEach(place -> impossible.put(place, new Referent.None()));
        return from(errand, how, cut.parcels(), 0, impossible, batch.writes().size());
    }

    private static Conversation<List<Referent>> from(
            Errand errand, LookupSpec how, List<Parcel> parcels, int at, Map<Integer, Referent> sofar, int rows) {
        if (at == parcels.size()) {
            return done(sofar, UNTOLD, rows);
        }
        Parcel parcel = parcels.get(at);
        return new Conversation.Send<>(parcel.request(), reply -> {
            Map<Integer, Referent> all = new LinkedHashMap<>(sofar);
            Sought.read(errand, how.find(), reply, parcel.items())
                    .forEach((place, hit) -> all.put(place, referent(hit)));
            // Where nobody answers, the next question would meet the same.
            return reply instanceof HttpAnswer
                    ? from(errand, how, parcels, at + 1, all, rows)
                    : done(all, reason(all.get(parcel.items().getFirst().index())), rows);
        });
    }

    private static Conversation<List<Referent>> done(Map<Integer, Referent> told, String otherwise, int rows) {
        List<Referent> ordered = new ArrayList<>();
        for (int place = 0; place < rows; place++) {
            ordered.add(told.getOrDefault(place, new Referent.Untold(otherwise)));
        }
        return new Conversation.Done<>(ordered);
    }

    private static String reason(@Nullable Referent first) {
        return first instanceof Referent.Untold untold ? untold.reason() : UNTOLD;
    }

    private static Referent referent(Hit hit) {
        return switch (hit) {
            case Hit.One one -> new Referent.One(one.id());
            case Hit.None none -> new Referent.None();
            case Hit.Several several -> new Referent.Several();
            case Hit.Failed failed ->
                new Referent.Untold(failed.outcome() instanceof Outcome.Deferred later ? later.reason() : UNTOLD);
        };
    }
}
