package dev.caravan.transport;

import java.time.Duration;

/** Stands for {@link Transport#login} where a request is limited, counted and retried; its form is the transport's own. */
public record LogInRequest(Duration timeout) implements Request {
    @Override
    public Replay replay() {
        return Replay.READ;
    }
}
