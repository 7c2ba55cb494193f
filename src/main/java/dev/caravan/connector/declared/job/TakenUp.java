package dev.caravan.connector.declared.job;

import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.render.Parcel;
import dev.caravan.connector.declared.render.Parcels;
import dev.caravan.connector.declared.spec.JobSpec;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.job.RememberedJobs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The jobs of a batch after a crash. Each has the rows that it was made with, however rows would be cut today: the connector may have been
 * edited meanwhile.
 *
 * @param cut as rows would be cut today
 */
record TakenUp(Errand errand, JobSpec spec, Parcels parcels, Parcel.Cut cut) {

    private static final Outcome WITHOUT_ID = new Outcome.Unknown("job_without_id");
    private static final Outcome WITHOUT_ROWS = new Outcome.Unknown("job_rows");
    private static final Outcome NEVER_MADE = new Outcome.Deferred("job_never_made", Optional.empty());

    Conversation<Map<Integer, Outcome>> by(RememberedJobs jobs) {
        List<Integer> all =
                IntStream.range(0, errand.batch().writes().size()).boxed().toList();
        return jobs.tells(all.size()) ? next(0, jobs, others(jobs)) : ended(0, jobs, items(all));
    }

    /** Nobody knows which rows which job has, so that no result can be read; but as long as one of them runs, no row has an end. */
    private Conversation<Map<Integer, Outcome>> ended(int part, RememberedJobs jobs, List<Item> all) {
        if (part == jobs.entries().size()) {
            return new Conversation.Done<>(Item.all(all, WITHOUT_ROWS));
        }
        RememberedJobs.Entry entry = jobs.entries().get(part);
        return entry.id().isEmpty()
                ? ended(part + 1, jobs, all)
                : watched(entry, all).andThen(told -> ended(part + 1, jobs, all));
    }

    private Conversation<Map<Integer, Outcome>> next(int part, RememberedJobs jobs, Map<Integer, Outcome> sofar) {
        if (part == jobs.entries().size()) {
            return new Conversation.Done<>(sofar);
        }
        RememberedJobs.Entry entry = jobs.entries().get(part);
        List<Item> items = items(entry.rows());
        if (entry.id().isEmpty()) {
            Outcome outcome = JobTalk.beginsWhenMade(spec) ? WITHOUT_ID : NEVER_MADE;
            return next(part + 1, jobs, Item.merge(sofar, Item.all(items, outcome)));
        }
        return watched(entry, items).andThen(done -> next(part + 1, jobs, Item.merge(sofar, done)));
    }

    private Conversation<Map<Integer, Outcome>> watched(RememberedJobs.Entry entry, List<Item> items) {
        Errand inJob = errand.inJob(Map.of("id", entry.id().orElseThrow()));
        Watch watch = new Watch(new Staged(inJob, spec, parcels, "", items));
        return entry.begun() ? watch.follow() : watch.inspect();
    }

    private List<Item> items(List<Integer> rows) {
        return rows.stream()
                .map(row -> Item.of(row, errand.batch().writes().get(row)))
                .toList();
    }

    /**
     * The rows of which no job is remembered. Of one that runs from its creation the next part may run without our knowing its id: which
     * rows that has is known only where the parts before it are today's.
     */
    private Map<Integer, Outcome> others(RememberedJobs jobs) {
        boolean mayRun = JobTalk.beginsWhenMade(spec);
        boolean alike = alike(jobs);
        Map<Integer, Outcome> others = new LinkedHashMap<>();
        cut.settled().forEach((row, outcome) -> others.put(row, mayRun && !alike ? WITHOUT_ID : outcome));
        for (int part = 0; part < cut.parcels().size(); part++) {
            boolean next = !alike || part == jobs.entries().size();
            others.putAll(Item.all(cut.parcels().get(part).items(), mayRun && next ? WITHOUT_ID : NEVER_MADE));
        }
        Set<Integer> named = jobs.rows();
        others.keySet().removeAll(named);
        return others;
    }

    private boolean alike(RememberedJobs jobs) {
        return jobs.entries().size() <= cut.parcels().size()
                && IntStream.range(0, jobs.entries().size())
                        .allMatch(part -> jobs.entries()
                                .get(part)
                                .rows()
                                .equals(JobTalk.places(cut.parcels().get(part).items())));
    }
}
