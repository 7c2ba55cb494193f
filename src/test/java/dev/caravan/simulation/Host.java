package dev.caravan.simulation;

import java.time.Duration;

/** A process, or what lies outside all of them. Its clock may be wrong and may jump; it may be killed, or stalled for a while. */
final class Host {

    private final String name;
    private boolean dead;
    private long stalledUntil;
    private Duration clockError = Duration.ZERO;

    Host(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    boolean isDead() {
        return dead;
    }

    void kill() {
        dead = true;
    }

    void stall(long until) {
        stalledUntil = until;
    }

    long stalledUntil() {
        return dead ? 0 : stalledUntil;
    }

    Duration clockError() {
        return clockError;
    }

    /** The clock is put right. */
    void right() {
        clockError = Duration.ZERO;
    }

    void jump(Duration by) {
        clockError = clockError.plus(by);
    }
}
