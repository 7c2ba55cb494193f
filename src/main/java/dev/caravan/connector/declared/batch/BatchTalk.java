package dev.caravan.connector.declared.batch;

import dev.caravan.connector.declared.answer.Confirmed;
import dev.caravan.connector.declared.answer.Interpreter;
import dev.caravan.connector.declared.answer.Whole;
import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.render.Parcel;
import dev.caravan.connector.declared.render.Parcels;
import dev.caravan.connector.declared.spec.OperationSpec.ByIdSpec;
import dev.caravan.connector.declared.spec.Strategy;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request.Replay;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Sends rows in as many requests as they take, one after the other. All are made before the first is sent. */
public final class BatchTalk {

    private final Errand errand;
    private final Strategy.Batch how;
    private final BiFunction<List<Item>, Interpreter.Read, Interpreter.Read> means;
    private final Parcels parcels;
    private final Whole whole;

    private BatchTalk(
            Errand errand, Strategy.Batch how, BiFunction<List<Item>, Interpreter.Read, Interpreter.Read> means) {
        this.errand = errand;
        this.how = how;
        this.means = means;
        this.parcels = new Parcels(errand, how.batch(), how.nulls(), how.request(), Replay.NEVER);
        this.whole = Whole.of(errand, how.answers());
    }

    /** Ends with an outcome for each item, by place in the batch. */
    public static Conversation<Map<Integer, Outcome>> send(Errand errand, Strategy.Batch how, List<Item> items) {
        return new BatchTalk(errand, how, (rows, read) -> read).send(items);
    }

    /** The same for records that are not there: what is accepted was made, whether or not the answer says so. */
    public static Conversation<Map<Integer, Outcome>> make(Errand errand, Strategy.Batch how, List<Item> items) {
        return new BatchTalk(errand, how, (rows, read) -> made(read)).send(items);
    }

    /** The same by ids: where a request of one row is refused since its record is gone, that is about the row and not the connection. */
    static Conversation<Map<Integer, Outcome>> byId(Errand errand, ByIdSpec how, List<Item> items) {
        return new BatchTalk(errand, how.how(), (rows, read) -> rows.size() == 1 ? alone(how, read) : read).send(items);
    }

    private Conversation<Map<Integer, Outcome>> send(List<Item> items) {
        Parcel.Cut cut = parcels.cut(items);
        return next(cut.parcels(), 0, cut.settled());
    }

    private Conversation<Map<Integer, Outcome>> next(List<Parcel> all, int at, Map<Integer, Outcome> sofar) {
        return at == all.size()
                ? new Conversation.Done<>(sofar)
                : new Conversation.Send<>(
                        all.get(at).request().refusedWhen(whole::refused), reply -> read(all, at, sofar, reply));
    }

    private Conversation<Map<Integer, Outcome>> read(
            List<Parcel> all, int at, Map<Integer, Outcome> sofar, Reply reply) {
        Interpreter.Read read =
                Interpreter.read(errand, how.answers(), reply, all.get(at).items());
        Optional<Conversation<Interpreter.Read>> mending =
                how.remedy().flatMap(remedy -> new Mending(errand, how, remedy, parcels).of(all.get(at), reply, read));
        return mending.orElseGet(() -> confirmed(
                        all.get(at).items(), reply, means.apply(all.get(at).items(), read)))
                .andThen(end -> goOn(all, at, Item.merge(sofar, end.outcomes()), end));
    }

    private Conversation<Interpreter.Read> confirmed(List<Item> items, Reply reply, Interpreter.Read read) {
        List<Item> silent = Confirmed.silent(reply, read, items);
        return how.confirm()
                .filter(confirm -> !silent.isEmpty())
                .map(confirm -> new Confirming(errand, confirm).of(silent, read))
                .orElseGet(() -> new Conversation.Done<>(read));
    }

    private static Interpreter.Read made(Interpreter.Read read) {
        return new Interpreter.Read(
                each(
                        read,
                        outcome -> outcome instanceof Outcome.Accepted yes
                                ? new Outcome.Accepted(yes.remoteId(), true)
                                : outcome),
                read.ends());
    }

    private static Interpreter.Read alone(ByIdSpec how, Interpreter.Read read) {
        Map<Integer, Outcome> outcomes = each(read, how::alone);
        boolean gone = outcomes.values().stream().anyMatch(how::isGone);
        return new Interpreter.Read(outcomes, gone ? Optional.empty() : read.ends());
    }

    private static Map<Integer, Outcome> each(Interpreter.Read read, UnaryOperator<Outcome> means) {
        Map<Integer, Outcome> outcomes = new LinkedHashMap<>(read.outcomes());
        outcomes.replaceAll((place, outcome) -> means.apply(outcome));
        return outcomes;
    }

    private Conversation<Map<Integer, Outcome>> goOn(
            List<Parcel> all, int at, Map<Integer, Outcome> sofar, Interpreter.Read read) {
        if (read.ends().isEmpty()) {
            return next(all, at + 1, sofar);
        }
        List<Item> unsent = all.subList(at + 1, all.size()).stream()
                .flatMap(later -> later.items().stream())
                .toList();
        return new Conversation.Done<>(Item.merge(sofar, read.ends().get().outcomes(errand, unsent)));
    }
}
