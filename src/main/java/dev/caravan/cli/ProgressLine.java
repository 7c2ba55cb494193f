package dev.caravan.cli;

import dev.caravan.app.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how a run gets on, on stderr: on a terminal one line rewritten in place, elsewhere a plain line every few seconds,
 * for steps that count rows alone. Rate and time left are those of the current phase. Safe for use by many threads.
 */
public final class ProgressLine implements Progress, AutoCloseable {

    private static final long LIVELY_EVERY = Duration.ofMillis(100).toNanos();
    private static final long PLAIN_EVERY = Duration.ofSeconds(5).toNanos();

    /** So few rows that they may be done before another line is due. */
    private static final long FEW = 1_000;

    /** A phase that is shorter has no rate. */
    private static final double SHORTEST = 1;

    /** Nothing else happens for a while then, so that the first of them is shown at once. */
    private static final String WAIT = "wait";

    private final PrintStream err;
    private final boolean lively;
    private final LongSupplier nanos;
    private final long every;

    private String phase = "";
    private long phaseBegan;
    private long doneBefore;
    private long lastShown;
    private boolean shown;
    private boolean waited;

    ProgressLine(PrintStream err, boolean lively, LongSupplier nanos) {
        this.err = err;
        this.lively = lively;
        this.nanos = nanos;
        this.every = lively ? LIVELY_EVERY : PLAIN_EVERY;
        this.lastShown = nanos.getAsLong();
    }

    @Override
    public synchronized void at(String nowPhase, long done, long total) {
        long now = nanos.getAsLong();
        if (!nowPhase.equals(phase)) {
            phase = nowPhase;
            phaseBegan = now;
            doneBefore = done;
        }
        boolean just = done == 0 && total < FEW && !phase.equals(WAIT) && now - phaseBegan < every;
        boolean figures = lively || done > 0 || (total > 0 && !just);
        boolean first = phase.equals(WAIT) && !waited;
        waited |= first;
        if (figures && (first || now - lastShown >= every)) {
            lastShown = now;
            show(text(done, total, now));
        }
    }

    /** Clears the line, so that what comes next starts at the margin. */
    @Override
    public synchronized void close() {
        if (shown && lively) {
            err.print("\r\u001b[K");
            err.flush();
            shown = false;
        }
    }

    private void show(String text) {
        if (lively) {
            err.print("\r\u001b[K" + text);
            err.flush();
        } else {
            err.println(text);
        }
        shown = true;
    }

    private String text(long done, long total, long now) {
        StringBuilder text = new StringBuilder(phase.equals(WAIT) ? "waits for the destination's answer" : phase);
        if (phase.equals(WAIT) && done == 0 && total > 0) {
            text.append(String.format(Locale.ROOT, " to %,d row%s", total, total == 1 ? "" : "s"));
        } else if (done > 0 || total > 0) {
            text.append(String.format(Locale.ROOT, "  %,d", done));
            text.append(total < 0 ? " rows" : String.format(Locale.ROOT, " of %,d rows", total));
        }
        double seconds = (now - phaseBegan) / 1e9;
        double rate = seconds >= SHORTEST ? (done - doneBefore) / seconds : 0;
        if (rate > 0) {
            text.append(String.format(Locale.ROOT, "  %,.0f/s", rate));
            if (total > done) {
                text.append("  ").append(left(Duration.ofSeconds(Math.round((total - done) / rate))));
            }
        }
        return text.toString();
    }

    private static String left(Duration left) {
        return left.toMinutes() == 0
                ? left.toSeconds() + " s left"
                : left.toMinutes() + " min " + left.toSecondsPart() + " s left";
    }
}
