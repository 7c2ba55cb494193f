package dev.caravan.connector.salesforce.bulk;

import dev.caravan.connector.salesforce.wire.Api;
import dev.caravan.connector.salesforce.wire.Item;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.transport.HttpAnswer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Joins the results of a finished job to its rows, by the column that tells rows apart: results come in any order, and those of
 * a batch over the daily allowance not at all. A row that no file mentions is unknown. The next file is only asked for while
 * something is missing.
 */
final class JobResults {

    private static final int MOST_TRIES = 5;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

    private final Api api;
    private final StagedJob job;
    private final JobStatus status;

    JobResults(Api api, StagedJob job, JobStatus status) {
        this.api = api;
        this.job = job;
        this.status = status;
    }

    /** Ends with an outcome for each of the job's rows. */
    Conversation<Map<Integer, Outcome>> settle() {
        Optional<Outcome> refused = status.refused();
        if (refused.isPresent()) {
            return job.all(refused.get());
        }
        if (status.state() == JobStatus.State.ABORTED && status.untouched()) {
            return job.deferred("job_aborted");
        }
        return fetch(ResultFile.SUCCESSFUL, Map.of(), 1);
    }

    private Conversation<Map<Integer, Outcome>> fetch(ResultFile file, Map<Integer, Outcome> sofar, int tries) {
        return new Conversation.Send<>(api.results(job.id(), file.path()), reply -> {
            Optional<List<ResultRow>> read = reply instanceof HttpAnswer answer && answer.ok()
                    ? ResultCsv.read(answer.body(), job.csv().joinColumn())
                    : Optional.empty();
            if (read.isPresent()) {
                return next(file, joined(file, read.get(), sofar));
            }
            boolean gone = reply instanceof HttpAnswer answer && answer.status() == 404;
            return gone || tries == MOST_TRIES
                    ? next(file, sofar)
                    : new Conversation.Pause<>(BETWEEN_TRIES.multipliedBy(tries), () -> fetch(file, sofar, tries + 1));
        });
    }

    private Conversation<Map<Integer, Outcome>> next(ResultFile done, Map<Integer, Outcome> outcomes) {
        boolean complete = outcomes.size() == job.items().size();
        return switch (done) {
            case SUCCESSFUL ->
                complete && status.failed() <= 0
                        ? new Conversation.Done<>(outcomes)
                        : fetch(ResultFile.FAILED, outcomes, 1);
            case FAILED -> complete ? new Conversation.Done<>(outcomes) : fetch(ResultFile.UNPROCESSED, outcomes, 1);
            case UNPROCESSED ->
                new Conversation.Done<>(Item.merge(Item.all(job.items(), new Outcome.Unknown("no_result")), outcomes));
        };
    }

    /** A row in two files contradicts itself: then nobody knows. */
    private Map<Integer, Outcome> joined(ResultFile file, List<ResultRow> rows, Map<Integer, Outcome> sofar) {
        Map<String, Deque<Item>> waiting = byJoinText();
        Map<Integer, Outcome> outcomes = new LinkedHashMap<>(sofar);
        for (ResultRow row : rows) {
            Deque<Item> items = waiting.get(row.join());
            Item item = items == null ? null : items.poll();
            if (item != null) {
                Outcome told = file.outcome(row, job.csv().batch(), item);
                outcomes.merge(item.index(), told, (before, now) -> new Outcome.Unknown("contradiction"));
            }
        }
        return outcomes;
    }

    /** Rows by what they are known by; several only if the destination takes two of our keys for one. */
    private Map<String, Deque<Item>> byJoinText() {
        Map<String, Deque<Item>> waiting = new HashMap<>();
        for (Item item : job.items()) {
            waiting.computeIfAbsent(job.csv().joinText(item), text -> new ArrayDeque<>())
                    .add(item);
        }
        return waiting;
    }
}
