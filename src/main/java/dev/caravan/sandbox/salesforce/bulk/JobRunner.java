package dev.caravan.sandbox.salesforce.bulk;

import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.fault.Faults;
import dev.caravan.sandbox.fault.Probe;
import dev.caravan.sandbox.http.Operation;
import dev.caravan.sandbox.http.Pauses;
import dev.caravan.sandbox.salesforce.dml.Batch;
import dev.caravan.sandbox.salesforce.dml.CsvRows;
import dev.caravan.sandbox.salesforce.dml.Dml;
import dev.caravan.sandbox.salesforce.dml.Draft;
import dev.caravan.sandbox.salesforce.dml.ParentLocks;
import dev.caravan.sandbox.salesforce.dml.RowResult;
import dev.caravan.sandbox.salesforce.schema.Schemas;
import dev.caravan.sandbox.salesforce.store.Store;
import dev.caravan.sandbox.spec.Quirks;
import java.io.InterruptedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Processes a job as the server does: in batches, within a batch in transactions of 200 rows, so that other requests come in
 * between. The results of a batch are shuffled with the sandbox's seed.
 */
final class JobRunner {

    private static final int TRANSACTION = 200;

    private final Schemas schemas;
    private final Store store;
    private final Faults faults;
    private final InstantSource clock;
    private final Quirks quirks;
    private final long seed;
    private final ParentLocks locks;

    JobRunner(
            Schemas schemas,
            Store store,
            Faults faults,
            InstantSource clock,
            Quirks quirks,
            long seed,
            ParentLocks locks) {
        this.locks = locks;
        this.schemas = schemas;
        this.store = store;
        this.faults = faults;
        this.clock = clock;
        this.quirks = quirks;
        this.seed = seed;
    }

    /** Takes a job whose upload is complete to its end; returns early when the job is aborted or the sandbox closes. */
    void run(Job job) {
        if (!job.move(JobState.UPLOAD_COMPLETE, JobState.IN_PROGRESS, clock.instant())) {
            return;
        }
        switch (Csv.parse(job.upload(), job.spec())) {
            case Csv.Parsed.Broken broken -> job.fail(broken.message(), clock.instant());
            case Csv.Parsed.Table table -> {
                CsvRows reader = new CsvRows(schemas, job.spec().object(), table.header());
                List<String> unknown = reader.unknownColumns();
                if (unknown.isEmpty()) {
                    job.begin(table.header(), table.rows());
                    batches(job, reader, table.rows());
                } else {
                    job.fail("InvalidBatch : Field name not found : " + unknown.getFirst(), clock.instant());
                }
            }
        }
    }

    private void batches(Job job, CsvRows reader, List<List<String>> rows) {
        Random random = new Random(seed);
        for (int from = 0; from < rows.size() && job.state() == JobState.IN_PROGRESS; from += quirks.bulkBatchRows()) {
            int to = Math.min(from + quirks.bulkBatchRows(), rows.size());
            Probe probe = new Probe(
                    "PROCESS",
                    "/jobs/ingest/" + job.id(),
                    job.spec().object().name(),
                    Operation.PROCESSING,
                    Probe.Kind.PROCESS);
            FaultAction fault = faults.take(probe).orElse(null);
            int lockEvery = fault instanceof FaultAction.Lock(int every) ? every : 0;
            int stop = fault instanceof FaultAction.FailJob fail ? Math.min(to, from + fail.afterRows()) : to;
            if (!pause() || !batch(job, reader, rows, new Span(from, stop), lockEvery, random)) {
                return;
            }
            if (fault instanceof FaultAction.FailJob fail) {
                job.fail(fail.message(), clock.instant());
                return;
            }
        }
        job.move(JobState.IN_PROGRESS, JobState.JOB_COMPLETE, clock.instant());
    }

    /** Rows from the first to before the last. */
    private record Span(int from, int to) {}

    /** Applies a batch, whose results lose their order; false when the job was aborted meanwhile. */
    private boolean batch(Job job, CsvRows reader, List<List<String>> rows, Span span, int lockEvery, Random random) {
        int badFrom = job.failures();
        int goodFrom = job.processed() - badFrom;
        boolean going = true;
        for (int from = span.from(); from < span.to() && going; from += TRANSACTION) {
            int to = Math.min(from + TRANSACTION, span.to());
            List<List<String>> chunk = rows.subList(from, to);
            going = job.step(() -> step(job, reader, chunk, lockEvery), rows.subList(to, rows.size()));
        }
        job.shuffle(goodFrom, badFrom, random);
        return going;
    }

    private Job.Step step(Job job, CsvRows reader, List<List<String>> chunk, int lockEvery) {
        List<List<String>> good = new ArrayList<>();
        List<List<String>> bad = new ArrayList<>();
        List<RowResult> results = apply(job, reader, chunk, lockEvery);
        for (int i = 0; i < chunk.size(); i++) {
            RowResult result = results.get(i);
            (result.success() ? good : bad).add(ResultRow.of(result, chunk.get(i)));
        }
        return new Job.Step(good, bad);
    }

    private List<RowResult> apply(Job job, CsvRows reader, List<List<String>> chunk, int lockEvery) {
        List<Draft> drafts = chunk.stream().map(reader::read).toList();
        Batch batch = Batch.of(job.spec().operation(), job.author(), clock.instant())
                .by(job.spec().key())
                .obeyingDuplicateRules(job.duplicateRules())
                .locking(lockEvery);
        return locks.during(
                batch, drafts, late -> store.inTransaction(tx -> new Dml(schemas).apply(tx, batch, drafts, late)));
    }

    private boolean pause() {
        try {
            Pauses.sleep(quirks.bulkBatchTime());
            return true;
        } catch (InterruptedIOException e) {
            return false;
        }
    }
}
