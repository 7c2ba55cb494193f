package dev.caravan.scenario.network;

import dev.caravan.transport.Body;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What really became of an attempt, as the proxy between the two sides has seen it. Written by its threads. */
final class Truth {

    private volatile boolean reached;
    private final List<Given> given = new CopyOnWriteArrayList<>();

    /** An answer as it was given to the client, spoilt or not. */
    record Given(int status, Body body) {}

    void reached() {
        reached = true;
    }

    void given(Given answer) {
        given.add(answer);
    }

    /** Whether the server was given the last byte of the request. */
    boolean hasReached() {
        return reached;
    }

    List<Given> answers() {
        return List.copyOf(given);
    }
}
