package dev.caravan.sandbox.salesforce.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.ledger.WriteEntry;
import dev.caravan.sandbox.salesforce.dml.RowJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** One job: its state, its upload and its results. Thread-safe; the runner and requests meet here. */
final class Job {

    private final String id;
    private final JobSpec spec;
    private final String version;
    private final WriteEntry.Author author;
    private final Instant created;
    private final boolean duplicateRules;
    private final List<List<String>> successful = new ArrayList<>();
    private final List<List<String>> failed = new ArrayList<>();
    private JobState state = JobState.OPEN;
    private byte[] upload = new byte[0];
    private boolean uploaded;
    private List<String> header = List.of();
    private List<List<String>> unprocessed = List.of();
    private String errorMessage = "";
    private Instant changed;

    Job(String id, JobSpec spec, String version, WriteEntry.Author author, Instant created, boolean duplicateRules) {
        this.duplicateRules = duplicateRules;
        this.id = id;
        this.spec = spec;
        this.version = version;
        this.author = new WriteEntry.Author(author.user(), author.client(), author.request(), id);
        this.created = created;
        this.changed = created;
    }

    String id() {
        return id;
    }

    JobSpec spec() {
        return spec;
    }

    WriteEntry.Author author() {
        return author;
    }

    /** Whether its records are held against them, as its creation said. */
    boolean duplicateRules() {
        return duplicateRules;
    }

    synchronized JobState state() {
        return state;
    }

    /** Goes from one state to another; false when the job is no longer in the first. */
    synchronized boolean move(JobState from, JobState to, Instant at) {
        if (state != from) {
            return false;
        }
        state = to;
        changed = at;
        return true;
    }

    /** Takes the content; false when the job is not open or has content already. */
    synchronized boolean upload(byte[] content) {
        if (state != JobState.OPEN || uploaded) {
            return false;
        }
        upload = content;
        uploaded = true;
        return true;
    }

    synchronized byte[] upload() {
        return upload;
    }

    /** Starts with all rows unprocessed. */
    synchronized void begin(List<String> columns, List<List<String>> rows) {
        header = columns;
        unprocessed = rows;
        upload = new byte[0];
    }

    /** Results of some rows, in their order. */
    record Step(List<List<String>> good, List<List<String>> bad) {}

    /**
     * Does the next rows, unless the job is no longer in progress: then false. An abort waits for the step, so what was
     * applied is always in the results.
     */
    synchronized boolean step(Supplier<Step> work, List<List<String>> rest) {
        if (state != JobState.IN_PROGRESS) {
            return false;
        }
        Step step = work.get();
        successful.addAll(step.good());
        failed.addAll(step.bad());
        unprocessed = rest;
        return true;
    }

    /** Loses the order of the results from these positions on. */
    synchronized void shuffle(int goodFrom, int badFrom, Random random) {
        Collections.shuffle(successful.subList(goodFrom, successful.size()), random);
        Collections.shuffle(failed.subList(badFrom, failed.size()), random);
    }

    synchronized void fail(String message, Instant at) {
        state = JobState.FAILED;
        errorMessage = message;
        changed = at;
    }

    synchronized int processed() {
        return successful.size() + failed.size();
    }

    synchronized int failures() {
        return failed.size();
    }

    synchronized byte[] successfulResults() {
        return Csv.write(spec, withColumns("sf__Id", "sf__Created"), successful);
    }

    synchronized byte[] failedResults() {
        return Csv.write(spec, withColumns("sf__Id", "sf__Error"), failed);
    }

    /** The rows never looked at; the whole upload when its header was refused or it was never begun. */
    synchronized byte[] unprocessedRecords() {
        return header.isEmpty() ? upload : Csv.write(spec, header, unprocessed);
    }

    /** The job as create, close and list show it. */
    synchronized ObjectNode brief() {
        ObjectNode json = Json.object()
                .put("id", id)
                .put("operation", spec.operationWord())
                .put("object", spec.object().name())
                .put("createdById", author.user())
                .put("createdDate", RowJson.datetime(created))
                .put("systemModstamp", RowJson.datetime(changed))
                .put("state", state.word());
        if (spec.key() != null) {
            json.put("externalIdFieldName", spec.key().name());
        }
        return json.put("concurrencyMode", "Parallel")
                .put("contentType", "CSV")
                .put("apiVersion", Double.parseDouble(version.substring(1)))
                .put("contentUrl", "services/data/" + version + "/jobs/ingest/" + id + "/batches")
                .put("lineEnding", spec.crlf() ? "CRLF" : "LF")
                .put("columnDelimiter", spec.delimiterWord());
    }

    /** The job as a poll shows it, with its numbers. */
    synchronized ObjectNode full() {
        long millis = changed.toEpochMilli() - created.toEpochMilli();
        ObjectNode json = brief().put("jobType", "V2Ingest")
                .put("numberRecordsProcessed", processed())
                .put("numberRecordsFailed", failed.size())
                .put("retries", 0)
                .put("totalProcessingTime", millis)
                .put("apiActiveProcessingTime", millis)
                .put("apexProcessingTime", 0);
        return errorMessage.isEmpty() ? json : json.put("errorMessage", errorMessage);
    }

    private List<String> withColumns(String first, String second) {
        List<String> columns = new ArrayList<>(List.of(first, second));
        columns.addAll(header);
        return columns;
    }
}
