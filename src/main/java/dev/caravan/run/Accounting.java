package dev.caravan.run;

/** Where the planned rows of a run ended. Invariant I9: they must add up. */
public record Accounting(long planned, long accepted, long rejected, long held, long unknown, long superseded) {

    /** Nothing planned. */
    public static final Accounting NONE = new Accounting(0, 0, 0, 0, 0, 0);

    /** Whether every planned row is accounted for. */
    public boolean balances() {
        return planned == accepted + rejected + held + unknown + superseded;
    }
}
