package dev.caravan.guard;

import java.math.BigDecimal;
import java.util.List;

/** G2: an accidental purge is held. By default more than 10 % of the snapshot, never below 20 rows, never above 500. */
final class RemovalCap implements Guard {

    private static final String NAME = "max_removed";
    private static final BigDecimal DEFAULT = new BigDecimal("0.1");
    private static final long FLOOR = 20;
    private static final long CEILING = 500;

    private final Guardrails guardrails;

    RemovalCap(Guardrails guardrails) {
        this.guardrails = guardrails;
    }

    @Override
    public List<Verdict> judge(Evidence evidence) {
        long removed = evidence.removed();
        long live = evidence.liveRows();
        boolean tooMany = Shares.exceeds(removed, live, guardrails.maxRemoved(), DEFAULT, FLOOR)
                || (guardrails.maxRemoved().isEmpty() && removed > CEILING);
        String limit = guardrails
                .maxRemoved()
                .map(Shares::percent)
                .orElseGet(() -> Shares.percent(DEFAULT) + " and " + CEILING + " rows");
        String detail = Figures.count(removed) + " of " + Figures.count(live) + " removed ("
                + Shares.percent(removed, live) + "), limit " + limit;
        return List.of(tooMany ? new Verdict.Held(NAME, detail) : new Verdict.Allowed(NAME, detail));
    }
}
