package dev.caravan.connector.declared.job;

import dev.caravan.connector.declared.answer.Verdict;
import dev.caravan.connector.declared.answer.Verdicts;
import dev.caravan.connector.declared.spec.RequestSpec;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.job.RememberedJobs;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request.Replay;
import java.util.Map;
import java.util.Optional;

/**
 * The steps of a job that was made, up to its start.
 *
 * @param remembered what was made durable of the batch's jobs, this one last
 */
record Filling(Staged job, RememberedJobs remembered) {

    Conversation<Map<Integer, Outcome>> start() {
        return job.spec().upload().map(this::upload).orElseGet(this::close);
    }

    private Conversation<Map<Integer, Outcome>> upload(RequestSpec upload) {
        boolean last = job.spec().close().isEmpty();
        return job.carry(upload, reply -> {
            if (done(reply)) {
                return close();
            }
            return last ? begun(reply) : abandon(untouched(reply, "job_upload"));
        });
    }

    private Conversation<Map<Integer, Outcome>> close() {
        Optional<RequestSpec> close = job.spec().close();
        return close.isEmpty()
                ? running()
                : job.ask(close.get(), Replay.NEVER, reply -> done(reply) ? running() : begun(reply));
    }

    /** The step that sets the job going was refused, or nobody knows. */
    private Conversation<Map<Integer, Outcome>> begun(Reply reply) {
        Verdict verdict = Verdicts.of(job.errand().spec(), reply, job.variables());
        return switch (verdict) {
            case Verdict.NotApplied not -> abandon(verdict);
            case Verdict.Refused refused -> new Watch(job).inspect();
            case Verdict.SoAlready already -> new Watch(job).inspect();
            case Verdict.Unclear unclear -> new Watch(job).inspect();
        };
    }

    private Conversation<Map<Integer, Outcome>> running() {
        return new Conversation.Remember<>(remembered.begun().text(), () -> new Watch(job).follow());
    }

    /** Whether that works or not: a job that was not started never runs. */
    private Conversation<Map<Integer, Outcome>> abandon(Verdict verdict) {
        Map<Integer, Outcome> outcomes = verdict.outcomes(job.errand(), job.items());
        return new Watch(job).abort(reply -> new Conversation.Done<>(outcomes));
    }

    private boolean done(Reply reply) {
        return Verdicts.done(job.errand().spec(), reply, job.variables());
    }

    private Verdict untouched(Reply reply, String otherwise) {
        return Verdicts.untouched(job.errand().spec(), reply, job.variables(), otherwise);
    }
}
