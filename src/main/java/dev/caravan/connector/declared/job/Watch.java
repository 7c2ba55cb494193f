package dev.caravan.connector.declared.job;

import dev.caravan.connector.declared.answer.Answered;
import dev.caravan.connector.declared.answer.Counting;
import dev.caravan.connector.declared.answer.Interpreter;
import dev.caravan.connector.declared.select.Condition;
import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.JobSpec;
import dev.caravan.connector.declared.spec.Join;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request.Replay;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Follows a job to its end. An answer that says nothing is asked for again, a bounded number of times; then the job is left open. It is
 * never given up: a job that still goes on may yet write its rows.
 */
record Watch(Staged job) {

    /** Asks about a job that runs. */
    Conversation<Map<Integer, Outcome>> follow() {
        return wait(Pace.of(poll()), false);
    }

    /**
     * Finds out about a job of which nobody knows whether it was started. One that has not ended is given up, so that a start that is still
     * under way finds nothing; what it says after that is true.
     */
    Conversation<Map<Integer, Outcome>> inspect() {
        return look(Pace.of(poll()), job.spec().abort().isPresent());
    }

    /** Gives it up, where that can be asked for. */
    Conversation<Map<Integer, Outcome>> abort(Function<Reply, Conversation<Map<Integer, Outcome>>> then) {
        return job.spec()
                .abort()
                .map(request -> job.ask(request, Replay.SAME_STATE, then))
                .orElseGet(() -> then.apply(new Reply.NotSent("no_abort", "", Optional.empty(), 0)));
    }

    private JobSpec.Poll poll() {
        return job.spec().poll();
    }

    private Conversation<Map<Integer, Outcome>> wait(Pace pace, boolean abort) {
        return pace.over()
                ? new Conversation.LeaveOpen<>(pace.unheard() ? "job_state" : "job_going_on")
                : new Conversation.Pause<>(poll().every(), () -> look(pace, abort));
    }

    private Conversation<Map<Integer, Outcome>> look(Pace pace, boolean abort) {
        return job.ask(poll().request(), Replay.READ, reply -> seen(reply, pace, abort));
    }

    private Conversation<Map<Integer, Outcome>> seen(Reply reply, Pace pace, boolean abort) {
        if (!(reply instanceof HttpAnswer answer)) {
            return wait(pace.missed(), abort);
        }
        Answered answered = Answered.of(answer, job.variables());
        Subject subject = answered.subject();
        if (holds(poll().gone(), subject)) {
            return job.all(new Outcome.Unknown("job_gone"));
        }
        // An error may quote a state; it is none.
        if (answer.ok() && poll().done().holds(subject)) {
            return ended(answered, job.spec().rest());
        }
        if (holds(poll().failed(), subject)) {
            return ended(answered, poll().failedRest());
        }
        if (!answer.ok() || !answered.structured()) {
            return wait(pace.missed(), abort);
        }
        return abort ? abort(aborted -> wait(pace.missed(), false)) : wait(pace.going(), false);
    }

    private Conversation<Map<Integer, Outcome>> ended(Answered answered, Join.Rest rest) {
        Subject last = answered.subject();
        return Interpreter.told(job.errand(), poll().answers(), answered, job.items())
                .<Conversation<Map<Integer, Outcome>>>map(told ->
                        new Conversation.Done<>(Counting.checked(job.spec().counts(), last, job.items(), told)))
                .orElseGet(() -> new Results(job, last, rest).read());
    }

    private static boolean holds(Optional<Condition> condition, Subject subject) {
        return condition.filter(when -> when.holds(subject)).isPresent();
    }
}
