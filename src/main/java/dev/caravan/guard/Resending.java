package dev.caravan.guard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Rows that are sent again since what they made expires come a share at a time, so that an audience that was loaded at once is not loaded
 * at once again: by default 10 % of the live rows a run, and 20 rows anyway. It holds nothing: what is over waits for the next run.
 */
public final class Resending implements Guard {

    private static final String NAME = "max_resent";
    private static final BigDecimal DEFAULT = new BigDecimal("0.1");
    private static final long FLOOR = 20;

    private final Guardrails guardrails;

    Resending(Guardrails guardrails) {
        this.guardrails = guardrails;
    }

    /** The most rows that a run may send again, of so many live ones. A written share allows one row at least, unless it is 0. */
    public static long most(Guardrails guardrails, long live) {
        return guardrails.maxResent().map(share -> of(share, live)).orElseGet(() -> Math.max(FLOOR, of(DEFAULT, live)));
    }

    private static long of(BigDecimal share, long live) {
        return share.multiply(BigDecimal.valueOf(live))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }

    @Override
    public List<Verdict> judge(Evidence evidence) {
        if (evidence.renewed() == 0 && evidence.overdue() == 0) {
            return List.of();
        }
        long live = evidence.liveRows();
        String detail = Figures.count(evidence.renewed()) + " of " + Figures.count(live) + " sent again ("
                + Shares.percent(evidence.renewed(), live) + "), limit "
                + Shares.percent(guardrails.maxResent().orElse(DEFAULT)) + "; " + Figures.count(evidence.overdue())
                + " more are due and wait for later runs";
        return List.of(new Verdict.Allowed(NAME, detail));
    }
}
