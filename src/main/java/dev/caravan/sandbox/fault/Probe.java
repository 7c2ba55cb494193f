package dev.caravan.sandbox.fault;

/**
 * What a fault can see of a request.
 *
 * @param path decoded path without the query
 * @param object the API object concerned, or empty when it has none
 * @param operation the request's name, as statistics and the log have it
 */
public record Probe(String method, String path, String object, String operation, Kind kind) {

    /** What kind of work a request is; a fault only catches kinds it can act on. */
    public enum Kind {
        LOGIN,
        READ,
        /** Applies rows within the request. */
        WRITE,
        /** Applies rows within the request, of an API that locks none of them. */
        CHANGE,
        /** Creates, closes or deletes a job. */
        JOB,
        /** Not a request: one server-side batch of a bulk job being applied, with method {@code PROCESS}. */
        PROCESS
    }
}
