package dev.caravan.connector.declared.batch;

import dev.caravan.connector.declared.answer.Interpreter;
import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.render.Parcel;
import dev.caravan.connector.declared.render.Parcels;
import dev.caravan.connector.declared.spec.AnswerRule;
import dev.caravan.connector.declared.spec.Strategy;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.transport.Request.Replay;
import java.util.List;
import java.util.Map;

/** Sends rows in as many requests as they take, one after the other. All are made before the first is sent. */
public final class BatchTalk {

    private BatchTalk() {}

    /** Ends with an outcome for each item, by place in the batch. */
    public static Conversation<Map<Integer, Outcome>> send(Errand errand, Strategy.Batch how, List<Item> items) {
        Parcel.Cut cut = new Parcels(errand, how.batch(), how.nulls(), how.request(), Replay.NEVER).cut(items);
        return next(errand, how.answers(), cut.parcels(), 0, cut.settled());
    }

    private static Conversation<Map<Integer, Outcome>> next(
            Errand errand, List<AnswerRule> answers, List<Parcel> parcels, int at, Map<Integer, Outcome> sofar) {
        if (at == parcels.size()) {
            return new Conversation.Done<>(sofar);
        }
        Parcel parcel = parcels.get(at);
        return new Conversation.Send<>(parcel.request(), reply -> {
            Interpreter.Read read = Interpreter.read(errand, answers, reply, parcel.items());
            Map<Integer, Outcome> all = Item.merge(sofar, read.outcomes());
            if (read.ends().isEmpty()) {
                return next(errand, answers, parcels, at + 1, all);
            }
            List<Item> unsent = parcels.subList(at + 1, parcels.size()).stream()
                    .flatMap(later -> later.items().stream())
                    .toList();
            return new Conversation.Done<>(Item.merge(all, read.ends().get().outcomes(errand, unsent)));
        });
    }
}
