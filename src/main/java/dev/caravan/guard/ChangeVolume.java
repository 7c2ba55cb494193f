package dev.caravan.guard;

import java.math.BigDecimal;
import java.util.List;

/** G3: a model that changes everything at once is held. By default more than 30 % of the snapshot and more than 20 rows. */
final class ChangeVolume implements Guard {

    private static final String NAME = "max_changed";
    private static final BigDecimal DEFAULT = new BigDecimal("0.3");
    private static final long FLOOR = 20;

    private final Guardrails guardrails;

    ChangeVolume(Guardrails guardrails) {
        this.guardrails = guardrails;
    }

    @Override
    public List<Verdict> judge(Evidence evidence) {
        if (evidence.firstSync()) {
            return List.of(new Verdict.Allowed(NAME, "first sync: see max_first_sync"));
        }
        long moved = evidence.added() + evidence.changed() + evidence.edited() + evidence.backfilled();
        long live = evidence.liveRows();
        String share = live == 0 ? "no" : Shares.percent(moved, live) + " of " + Figures.count(live);
        String detail = Figures.count(moved) + " added or changed, " + share + " live rows, limit "
                + Shares.percent(guardrails.maxChanged().orElse(DEFAULT));
        return List.of(
                Shares.exceeds(moved, live, guardrails.maxChanged(), DEFAULT, FLOOR)
                        ? new Verdict.Held(NAME, detail)
                        : new Verdict.Allowed(NAME, detail));
    }
}
