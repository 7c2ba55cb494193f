package dev.caravan.store.sql;

/** What tests of a store look at that no program needs. */
public final class Insides {

    public static final String AFTER = OutcomeTable.AFTER;
    public static final String LOST = DoubtQueries.LOST;
    public static final String REFUSED = RejectionQueries.REFUSED;

    private Insides() {}

    public static String hash(String... parts) {
        return AuditChain.hash(parts);
    }
}
