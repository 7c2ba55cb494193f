package dev.caravan.sandbox.salesforce.bulk;

import dev.caravan.sandbox.fault.Faults;
import dev.caravan.sandbox.ledger.WriteEntry;
import dev.caravan.sandbox.salesforce.dml.ParentLocks;
import dev.caravan.sandbox.salesforce.schema.Schemas;
import dev.caravan.sandbox.salesforce.store.RecordIds;
import dev.caravan.sandbox.salesforce.store.Store;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** All jobs, and the threads that process them: one a job, side by side. Thread-safe. */
public final class Jobs implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final RecordIds ids = new RecordIds();
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final JobRunner runner;

    public Jobs(SandboxSpec spec, Schemas schemas, Store store, Faults faults, InstantSource clock, ParentLocks locks) {
        this.runner = new JobRunner(schemas, store, faults, clock, spec.quirks(), spec.seed(), locks);
    }

    /** A job in short, for those who look in from outside. */
    public record Summary(String id, String object, String operation, String state, int processed, int failed) {}

    public synchronized List<Summary> summaries() {
        return jobs.values().stream()
                .map(job -> new Summary(
                        job.id(),
                        job.spec().object().name(),
                        job.spec().operationWord(),
                        job.state().word(),
                        job.processed(),
                        job.failures()))
                .toList();
    }

    /** The object a job is about; empty when there is no such job. */
    public String object(String id) {
        return find(id).map(job -> job.spec().object().name()).orElse("");
    }

    /** Forgets every job; those in progress stop at their next rows. */
    public synchronized void clear() {
        jobs.values().forEach(job -> job.move(JobState.IN_PROGRESS, JobState.ABORTED, Instant.EPOCH));
        jobs.clear();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    synchronized Job create(
            JobSpec spec, String version, WriteEntry.Author author, Instant at, boolean duplicateRules) {
        Job job = new Job(ids.next("750"), spec, version, author, at, duplicateRules);
        jobs.put(job.id(), job);
        return job;
    }

    synchronized Optional<Job> find(String id) {
        return RecordIds.normal(id).map(jobs::get);
    }

    synchronized List<Job> all() {
        return new ArrayList<>(jobs.values());
    }

    synchronized void delete(Job job) {
        jobs.remove(job.id());
    }

    void run(Job job) {
        threads.execute(() -> runner.run(job));
    }
}
