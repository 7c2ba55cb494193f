package dev.caravan.guard;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** G4: many keys gone and many new at once look like a changed key, which would delete and recreate everything. */
final class KeyChurn implements Guard {

    private static final String NAME = "key_churn";
    private static final BigDecimal LIMIT = new BigDecimal("0.1");
    private static final long FLOOR = 20;

    @Override
    public List<Verdict> judge(Evidence evidence) {
        long live = evidence.liveRows();
        boolean churn = Shares.exceeds(evidence.added(), live, Optional.empty(), LIMIT, FLOOR)
                && Shares.exceeds(evidence.gone(), live, Optional.empty(), LIMIT, FLOOR);
        String detail =
                Figures.count(evidence.added()) + " new and " + Figures.count(evidence.gone()) + " gone keys of "
                        + Figures.count(live) + ", limit "
                        + Shares.percent(LIMIT) + " both ways";
        return List.of(churn ? new Verdict.Held(NAME, detail) : new Verdict.Allowed(NAME, detail));
    }
}
