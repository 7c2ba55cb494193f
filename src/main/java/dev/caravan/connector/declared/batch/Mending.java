package dev.caravan.connector.declared.batch;

import com.google.re2j.Matcher;
import dev.caravan.connector.declared.answer.Answered;
import dev.caravan.connector.declared.answer.Interpreter;
import dev.caravan.connector.declared.answer.Verdict;
import dev.caravan.connector.declared.answer.Verdicts;
import dev.caravan.connector.declared.answer.Whole;
import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.render.Parcel;
import dev.caravan.connector.declared.render.Parcels;
import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.RemedySpec;
import dev.caravan.connector.declared.spec.Strategy;
import dev.caravan.connector.declared.template.Faults;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Helps a row that was refused, once: the remedy's request, then the row's. Whatever becomes of the remedy, the row itself was certainly not
 * applied before it goes once more.
 */
record Mending(Errand errand, Strategy.Batch how, RemedySpec remedy, Parcels parcels) {

    private static final String UNMENDED = "remedy";

    /** Empty where nothing can be helped: then what was read of the answer counts. */
    Optional<Conversation<Interpreter.Read>> of(Parcel parcel, Reply reply, Interpreter.Read read) {
        if (parcel.items().size() != 1 || !refused(read) || !(reply instanceof HttpAnswer answer)) {
            return Optional.empty();
        }
        Subject subject = Answered.of(answer, errand.variables()).subject();
        if (!remedy.when().holds(subject)) {
            return Optional.empty();
        }
        return id(subject).flatMap(id -> mend(parcel, id));
    }

    /** Only a row that was refused for its own or another record's sake: it was not applied, and nothing else ails the connection. */
    private static boolean refused(Interpreter.Read read) {
        return read.ends().isEmpty()
                && read.outcomes().values().stream()
                        .allMatch(outcome -> outcome instanceof Outcome.Rejected no
                                && no.errorClass().stands()
                                && !no.together());
    }

    private Optional<String> id(Subject subject) {
        return remedy.id()
                .text(subject.found(), subject.variables())
                .flatMap(text -> {
                    if (remedy.matches().isEmpty()) {
                        return Optional.of(text);
                    }
                    Matcher found = remedy.matches().get().matcher(text);
                    return found.find() ? Optional.ofNullable(found.group(1)) : Optional.empty();
                })
                .filter(id -> !id.isBlank());
    }

    private Optional<Conversation<Interpreter.Read>> mend(Parcel parcel, String id) {
        Item item = parcel.items().getFirst().found(id, Map.of());
        Faults faults = new Faults();
        HttpRequest request = parcels.about(parcel.group(), List.of(item), errand, remedy.request(), faults);
        return faults.none()
                ? Optional.of(new Conversation.Send<>(
                        request.refusedWhen(Whole.step(errand)::refused), reply -> mended(item, reply)))
                : Optional.empty();
    }

    private Conversation<Interpreter.Read> mended(Item item, Reply reply) {
        if (!Verdicts.done(errand.spec(), reply, errand.variables())) {
            Verdict verdict = Verdicts.untouched(errand.spec(), reply, errand.variables(), UNMENDED);
            return new Conversation.Done<>(new Interpreter.Read(
                    verdict.outcomes(errand, List.of(item)),
                    Optional.of(verdict).filter(Verdict::ends)));
        }
        return BatchTalk.send(errand, remedy.then().orElse(how).plain(), List.of(item))
                .andThen(outcomes -> new Conversation.Done<>(new Interpreter.Read(there(outcomes), Optional.empty())));
    }

    /** The record was there, so nothing of it was made by us, whatever an insert usually does. */
    private static Map<Integer, Outcome> there(Map<Integer, Outcome> outcomes) {
        Map<Integer, Outcome> there = new LinkedHashMap<>();
        outcomes.forEach((place, outcome) -> there.put(
                place,
                outcome instanceof Outcome.Accepted yes ? new Outcome.Accepted(yes.remoteId(), false) : outcome));
        return there;
    }
}
