package dev.caravan.connector.declared.job;

import dev.caravan.connector.declared.answer.Whole;
import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.render.Parcels;
import dev.caravan.connector.declared.render.Requests;
import dev.caravan.connector.declared.spec.JobSpec;
import dev.caravan.connector.declared.spec.RequestSpec;
import dev.caravan.connector.declared.template.BatchScope;
import dev.caravan.connector.declared.template.Faults;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request.Replay;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A job that was made, with its rows.
 *
 * @param errand that knows {@code job.…}
 * @param group what its rows have in common; not known after a crash, when none are sent any more
 */
record Staged(Errand errand, JobSpec spec, Parcels parcels, String group, List<Item> items) {

    Staged {
        items = List.copyOf(items);
    }

    Map<String, String> variables() {
        return errand.variables();
    }

    /** Sends a request that knows the job, without its rows. Where none can be made, the job is as if nobody answered. */
    <R> Conversation<R> ask(RequestSpec request, Replay replay, Function<Reply, Conversation<R>> then) {
        Faults faults = new Faults();
        HttpRequest made = Requests.of(errand.spec(), request, BatchScope.of(errand.known()), replay, faults);
        return faults.none() ? send(made, then) : then.apply(unmade(faults));
    }

    /** The same with its rows. */
    <R> Conversation<R> carry(RequestSpec request, Function<Reply, Conversation<R>> then) {
        Faults faults = new Faults();
        HttpRequest made = parcels.about(group, items, errand, request, faults);
        return faults.none() ? send(made, then) : then.apply(unmade(faults));
    }

    private <R> Conversation<R> send(HttpRequest made, Function<Reply, Conversation<R>> then) {
        return new Conversation.Send<>(made.refusedWhen(Whole.step(errand)::refused), then);
    }

    private static Reply unmade(Faults faults) {
        return new Reply.NotSent("unsendable", faults.all().getFirst().reason(), Optional.empty(), 0);
    }

    Conversation<Map<Integer, Outcome>> all(Outcome outcome) {
        return new Conversation.Done<>(Item.all(items(), outcome));
    }
}
