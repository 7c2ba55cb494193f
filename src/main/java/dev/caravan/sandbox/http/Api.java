package dev.caravan.sandbox.http;

/** An imitated API behind the shared server. Called from many threads at once. */
public interface Api {

    /** What the request asks for; must not have effects and is called before faults are consulted. */
    Operation operation(Request request);

    /** Carries the request out. Every problem is an answer, not an exception. */
    Reply answer(Request request);

    /** The answer when carrying out a request broke down on a defect of the sandbox itself. */
    Reply brokenDown(Request request);
}
