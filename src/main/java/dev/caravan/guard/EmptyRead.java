package dev.caravan.guard;

import java.math.BigDecimal;
import java.util.List;

/**
 * G1: no rows, or far fewer than last time, look like a broken model and not like a broken business. Where nobody remembers
 * the last good read, the live rows stand for it.
 */
final class EmptyRead implements Guard {

    private static final String NAME = "min_rows";
    private static final BigDecimal DEFAULT = new BigDecimal("0.5");

    private final Guardrails guardrails;

    EmptyRead(Guardrails guardrails) {
        this.guardrails = guardrails;
    }

    @Override
    public List<Verdict> judge(Evidence evidence) {
        long rows = evidence.check().rows();
        if (rows == 0 && evidence.liveRows() > 0) {
            return List.of(
                    new Verdict.Held(NAME, "no rows read while " + Figures.count(evidence.liveRows()) + " are live"));
        }
        BigDecimal least = guardrails.minRows().orElse(DEFAULT);
        long before = evidence.lastGoodRows().orElse(evidence.liveRows());
        String detail = Figures.count(rows) + " rows read, " + Figures.count(before)
                + (evidence.lastGoodRows().isPresent() ? " last time" : " live");
        return List.of(
                Shares.fallsShort(rows, before, least)
                        ? new Verdict.Held(NAME, detail + ", at least " + Shares.percent(least) + " expected")
                        : new Verdict.Allowed(NAME, detail));
    }
}
