package dev.caravan.sandbox.fault;

import java.time.Duration;
import java.util.Map;

/**
 * What is done to a request that a fault has caught. {@link Transport} actions are the server's and know no API;
 * {@link Effect} actions are carried out by the API that answers.
 */
public sealed interface FaultAction {

    /** Something that happens on the wire. */
    sealed interface Transport extends FaultAction {}

    /** Something that happens in the API, which then answers as it would. */
    sealed interface Effect extends FaultAction {}

    /** Answers with this status, headers and body; nothing is applied. */
    record Respond(int status, Map<String, String> headers, String body) implements Transport {
        public Respond {
            headers = Map.copyOf(headers);
        }
    }

    /** Closes the connection without reading the body or answering; nothing is applied. */
    record Reset() implements Transport {}

    /** Applies the request in full, then closes the connection without an answer. */
    record LoseAnswer() implements Transport {}

    /** Applies the request, announces the whole answer, sends half of it and closes. */
    record Truncate() implements Transport {}

    /** Applies the request and answers in pieces of {@code bytes} with a {@code pause} before each. */
    record Slow(int bytes, Duration pause) implements Transport {}

    /**
     * Refuses rows with UNABLE_TO_LOCK_ROW and applies the rest.
     *
     * @param every every n-th row of the request, counted from the first; 1 is all of them
     */
    record Lock(int every) implements Effect {}

    /** Makes every token issued so far invalid, this request's included. */
    record ExpireTokens() implements Effect {}

    /** Uses up the daily allowance: this request and all after it are refused until the counter is reset. */
    record ExhaustQuota() implements Effect {}

    /**
     * Fails a bulk job at the batch that is about to be processed: rows of earlier batches stay applied, this batch stops
     * after {@code afterRows} rows and the rest of the job is unprocessed.
     */
    record FailJob(int afterRows, String message) implements Effect {}
}
