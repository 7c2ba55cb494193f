package dev.caravan.connector.declared.job;

import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.render.Parcel;
import dev.caravan.connector.declared.render.Parcels;
import dev.caravan.connector.declared.spec.JobSpec;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
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
    private static final Outcome NEVER_MADE = new Outcome.Deferred("job_never_made", Optional.empty());

    Conversation<Map<Integer, Outcome>> by(Remembered jobs) {
        int size = errand.batch().writes().size();
        if (!jobs.tells(size)) {
            return new Conversation.Done<>(
                    Item.all(items(IntStream.range(0, size).boxed().toList()), new Outcome.Unknown("job_rows")));
        }
        return next(0, jobs, others(jobs));
    }

    private Conversation<Map<Integer, Outcome>> next(int part, Remembered jobs, Map<Integer, Outcome> sofar) {
        if (part == jobs.entries().size()) {
            return new Conversation.Done<>(sofar);
        }
        Remembered.Entry entry = jobs.entries().get(part);
        List<Item> items = items(entry.rows());
        if (entry.id().isEmpty()) {
            Outcome outcome = JobTalk.beginsWhenMade(spec) ? WITHOUT_ID : NEVER_MADE;
            return next(part + 1, jobs, Item.merge(sofar, Item.all(items, outcome)));
        }
        Errand inJob = errand.inJob(Map.of("id", entry.id().orElseThrow()));
        Watch watch = new Watch(new Staged(inJob, spec, parcels, "", items));
        return (entry.begun() ? watch.follow() : watch.inspect())
                .andThen(done -> next(part + 1, jobs, Item.merge(sofar, done)));
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
    private Map<Integer, Outcome> others(Remembered jobs) {
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

    private boolean alike(Remembered jobs) {
        return jobs.entries().size() <= cut.parcels().size()
                && IntStream.range(0, jobs.entries().size())
                        .allMatch(part -> jobs.entries()
                                .get(part)
                                .rows()
                                .equals(Remembered.places(
                                        cut.parcels().get(part).items())));
    }
}
