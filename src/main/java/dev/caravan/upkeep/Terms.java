package dev.caravan.upkeep;

import java.time.Duration;

/**
 * How long things are kept.
 *
 * @param journal plan rows, intents and outcomes of ended runs
 * @param values what was sent
 * @param doubt how long a lost request may still land, by the most patient connection; nothing of it goes before
 */
public record Terms(Duration journal, Duration values, Duration doubt) {

    /** No batch is under way longer, and none is asked about later, than this after the doubt about its requests. */
    private static final Duration MARGIN = Duration.ofDays(2);

    public Terms {
        journal = longer(journal, doubt.plus(MARGIN));
        values = longer(values, doubt.plus(MARGIN));
    }

    private static Duration longer(Duration asked, Duration least) {
        return asked.compareTo(least) < 0 ? least : asked;
    }
}
