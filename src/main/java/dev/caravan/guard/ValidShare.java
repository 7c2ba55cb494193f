package dev.caravan.guard;

import java.math.BigDecimal;
import java.util.List;

/** Too many rows break the contract: what is left is not to be trusted either. */
final class ValidShare implements Guard {

    private static final String NAME = "valid_share";

    @Override
    public List<Verdict> judge(Evidence evidence) {
        BigDecimal least = evidence.contract().validShare();
        long rows = evidence.check().rows();
        long valid = evidence.check().valid();
        String detail =
                Shares.percent(valid, rows) + " of the rows are valid, at least " + Shares.percent(least) + " wanted";
        return List.of(
                Shares.fallsShort(valid, rows, least)
                        ? new Verdict.Held(NAME, detail)
                        : new Verdict.Allowed(NAME, detail));
    }
}
