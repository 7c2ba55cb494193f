package dev.caravan.connector.salesforce.bulk;

import dev.caravan.connector.salesforce.wire.Api;
import dev.caravan.connector.salesforce.wire.Item;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.job.RememberedJobs;
import dev.caravan.destination.job.RememberedJobs.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The jobs of a batch after a crash. Each has the rows that it was made with, however rows would be cut today: what a row locks is told by
 * the mapping and by Salesforce's description, and both may be others by then.
 *
 * @param items of the batch, as far as they can have been sent
 */
record TakenUp(JobWatch watch, JobCsv csv, List<Item> items) {

    private static final Outcome NEVER_MADE = new Outcome.Deferred("job_never_made", Optional.empty());
    private static final Outcome WITHOUT_ID = new Outcome.Unknown("job_id");

    /** What an earlier version wrote for a part that had no job. */
    private static final String NO_JOB = "-";

    Conversation<Map<Integer, Outcome>> by(RememberedJobs jobs) {
        Map<Integer, Outcome> never = Item.all(items, NEVER_MADE);
        return jobs.tells(csv.batch().writes().size()) ? next(0, jobs, never) : anyOf(0, jobs, never);
    }

    private Conversation<Map<Integer, Outcome>> next(int part, RememberedJobs jobs, Map<Integer, Outcome> sofar) {
        if (part == jobs.entries().size()) {
            return new Conversation.Done<>(sofar);
        }
        Entry entry = jobs.entries().get(part);
        return entry.id().isEmpty()
                ? next(part + 1, jobs, sofar)
                : asked(entry.id().get(), of(entry)).andThen(told -> next(part + 1, jobs, Item.merge(sofar, told)));
    }

    private List<Item> of(Entry entry) {
        Map<Integer, Item> byPlace = items.stream().collect(Collectors.toMap(Item::index, item -> item));
        return entry.rows().stream()
                .flatMap(place -> Optional.ofNullable(byPlace.get(place)).stream())
                .toList();
    }

    private Conversation<Map<Integer, Outcome>> asked(String id, List<Item> rows) {
        return Api.isId(id)
                ? watch.inspect(new StagedJob(id, csv, rows))
                : new Conversation.Done<>(Item.all(rows, WITHOUT_ID));
    }

    /**
     * Jobs of an earlier version, which remembered their ids alone: each row may be in any of them, or in none, so all are asked about all
     * rows. A row of which the results of a job do not tell may be in it all the same.
     */
    private Conversation<Map<Integer, Outcome>> anyOf(int part, RememberedJobs jobs, Map<Integer, Outcome> sofar) {
        if (part == jobs.entries().size()) {
            return new Conversation.Done<>(sofar);
        }
        Optional<String> id = jobs.entries().get(part).id().filter(text -> !text.equals(NO_JOB));
        return id.isEmpty()
                ? anyOf(part + 1, jobs, sofar)
                : asked(id.get(), items).andThen(told -> anyOf(part + 1, jobs, surest(sofar, told)));
    }

    private static Map<Integer, Outcome> surest(Map<Integer, Outcome> sofar, Map<Integer, Outcome> told) {
        Map<Integer, Outcome> both = new LinkedHashMap<>(sofar);
        told.forEach((place, now) ->
                both.merge(place, now, (before, after) -> rank(after) >= rank(before) ? after : before));
        return both;
    }

    /** A job that wrote a row did so, whatever others say; what one may have written, none of them can call refused or unsent. */
    private static int rank(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted accepted -> 3;
            case Outcome.Unchanged unchanged -> 3;
            case Outcome.Unknown unknown -> 2;
            case Outcome.Rejected rejected -> 1;
            case Outcome.Deferred deferred -> 0;
        };
    }
}
