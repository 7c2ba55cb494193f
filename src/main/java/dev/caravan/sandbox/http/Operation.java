package dev.caravan.sandbox.http;

import dev.caravan.sandbox.fault.Probe;

/**
 * What a request asks for, known before it is answered: for faults, statistics and the log.
 *
 * @param name short and stable, for example {@code collections.upsert}
 * @param object the API object concerned, or empty
 */
public record Operation(String name, String object, Probe.Kind kind) {

    /** What a batch of a job that is being applied is called; it is no request. */
    public static final String PROCESSING = "bulk.process";
}
