package dev.caravan.run;

import java.util.Locale;

/** Where the planned rows of a run ended. Invariant I9: they must add up. */
public record Accounting(long planned, long accepted, long rejected, long held, long unknown, long superseded) {

    /** Nothing planned. */
    public static final Accounting NONE = new Accounting(0, 0, 0, 0, 0, 0);

    /** The books in words, for a log or a message. */
    public String words() {
        return String.format(
                Locale.ROOT,
                "%,d planned, %,d accepted, %,d rejected, %,d held, %,d unknown, %,d superseded",
                planned,
                accepted,
                rejected,
                held,
                unknown,
                superseded);
    }

    /** Whether every planned row is accounted for. */
    public boolean balances() {
        return planned == accepted + rejected + held + unknown + superseded;
    }
}
