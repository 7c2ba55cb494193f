package dev.caravan.delivery;

import dev.caravan.delivery.link.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still except while somebody sleeps or a test moves it. */
public final class HeldTime {

    public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    public final List<Duration> naps = new ArrayList<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    public Instant now() {
        return now.get();
    }

    public Duration elapsed() {
        return Duration.between(START, now());
    }

    public void move(Duration by) {
        now.updateAndGet(instant -> instant.plus(by));
    }

    public Time time() {
        return new Time(this::now, () -> elapsed().toNanos(), nap -> {
            naps.add(nap);
            move(nap);
        });
    }
}
