package dev.caravan.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * G6: wiping good values with nulls. Above the limit (1 % of the live rows by default, and more than 10 rows) the field's
 * clears are withheld; above ten times the limit the plan is held with the clears in it, for a person to decide.
 */
final class NullOverwrite implements Guard {

    private static final String NAME = "max_cleared";
    private static final BigDecimal DEFAULT = new BigDecimal("0.01");
    private static final BigDecimal HOLD_FACTOR = BigDecimal.TEN;
    private static final long FLOOR = 10;

    private final Guardrails guardrails;

    NullOverwrite(Guardrails guardrails) {
        this.guardrails = guardrails;
    }

    @Override
    public List<Verdict> judge(Evidence evidence) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Map.Entry<String, Long> field : evidence.clearedByField().entrySet()) {
            judge(field.getKey(), field.getValue(), evidence.liveRows(), verdicts);
        }
        return verdicts.isEmpty()
                ? List.of(new Verdict.Allowed(NAME, "no field is cleared in too many rows"))
                : List.copyOf(verdicts);
    }

    private void judge(String field, long cleared, long live, List<Verdict> verdicts) {
        if (!Shares.exceeds(cleared, live, guardrails.maxCleared(), DEFAULT, FLOOR)) {
            return;
        }
        BigDecimal limit = guardrails.maxCleared().orElse(DEFAULT);
        String detail = field + " goes to null in " + Figures.count(cleared) + " of " + Figures.count(live) + " rows ("
                + Shares.percent(cleared, live) + "), limit " + Shares.percent(limit);
        verdicts.add(
                Shares.exceeds(cleared, live, limit.multiply(HOLD_FACTOR))
                        ? new Verdict.Held(NAME, detail)
                        : new Verdict.Dropped(NAME, field, cleared, detail));
    }
}
