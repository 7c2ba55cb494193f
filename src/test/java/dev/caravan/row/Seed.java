package dev.caravan.row;

import java.util.Random;

/** Chance in tests: one seed, in every failure's text; {@code -Dcaravan.seed=…} gives another. */
public final class Seed {

    private static final long VALUE = Long.getLong("caravan.seed", 20_261_122L);

    private Seed() {}

    /** A new generator of the seed. */
    public static Random random() {
        return new Random(VALUE);
    }

    /** The seed and the try, for a failure's text. */
    public static String text(int attempt) {
        return "try " + attempt + " with -Dcaravan.seed=" + VALUE;
    }
}
