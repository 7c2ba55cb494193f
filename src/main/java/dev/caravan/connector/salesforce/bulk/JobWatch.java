package dev.caravan.connector.salesforce.bulk;

import dev.caravan.connector.salesforce.wire.Api;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.util.Map;
import java.util.Optional;

/**
 * Follows a job to its end and aborts one that must not start. An answer that says nothing is asked for again, a bounded
 * number of times; then the job is left open. It is never given up: a job that still goes on may yet write its rows.
 */
final class JobWatch {

    private final Api api;

    JobWatch(Api api) {
        this.api = api;
    }

    /** Polls a job that was started. */
    Conversation<Map<Integer, Outcome>> follow(StagedJob job) {
        JobPace pace = JobPace.of(job.items().size());
        return new Conversation.Pause<>(pace.pause(), () -> look(job, pace, false));
    }

    /**
     * Finds out where a job stands of which nobody knows whether it was started. One that still waits is aborted, so that a
     * start that is still under way finds nothing.
     */
    Conversation<Map<Integer, Outcome>> inspect(StagedJob job) {
        return look(job, JobPace.of(job.items().size()), true);
    }

    /** Aborts a job that certainly was not started. Whether that works or not: an open job never runs. */
    Conversation<Map<Integer, Outcome>> abandon(StagedJob job, Outcome outcome) {
        return new Conversation.Send<>(api.abortJob(job.id()), reply -> job.all(outcome));
    }

    private Conversation<Map<Integer, Outcome>> look(StagedJob job, JobPace pace, boolean abortIfOpen) {
        return new Conversation.Send<>(api.jobState(job.id()), reply -> seen(job, pace, abortIfOpen, reply));
    }

    private Conversation<Map<Integer, Outcome>> seen(StagedJob job, JobPace pace, boolean abortIfOpen, Reply reply) {
        if (reply instanceof HttpAnswer gone && gone.status() == 404) {
            return job.unknown("job_gone");
        }
        Optional<JobStatus> read =
                reply instanceof HttpAnswer answer && answer.ok() ? JobStatus.read(answer.body()) : Optional.empty();
        if (read.isEmpty()) {
            return again(job, pace.missed(), abortIfOpen);
        }
        JobStatus status = read.get();
        return switch (status.state()) {
            // Just after its start a job may still be answered as open; longer than a moment it must not be.
            case OPEN -> abortIfOpen ? abort(job, pace) : again(job, pace.missed(), false);
            case UPLOAD_COMPLETE, IN_PROGRESS -> again(job, pace.going(), false);
            case JOB_COMPLETE, FAILED, ABORTED -> new JobResults(api, job, status).settle();
        };
    }

    private Conversation<Map<Integer, Outcome>> again(StagedJob job, JobPace pace, boolean abortIfOpen) {
        return pace.over()
                ? new Conversation.LeaveOpen<>(pace.unheard() ? "job_state" : "job_going_on")
                : new Conversation.Pause<>(pace.pause(), () -> look(job, pace, abortIfOpen));
    }

    /** After an abort the job is asked again: only its own word proves that it never ran. */
    private Conversation<Map<Integer, Outcome>> abort(StagedJob job, JobPace pace) {
        return new Conversation.Send<>(
                api.abortJob(job.id()),
                reply -> reply instanceof HttpAnswer answer && answer.ok()
                        ? look(job, pace.missed(), false)
                        : again(job, pace.missed(), true));
    }
}
