package dev.caravan.guard;

import java.util.List;
import java.util.Optional;

/** The contract's bounds on the number of rows. */
final class Volume implements Guard {

    private static final String NAME = "rows";

    @Override
    public List<Verdict> judge(Evidence evidence) {
        Optional<Long> min = evidence.contract().minRows();
        Optional<Long> max = evidence.contract().maxRows();
        if (min.isEmpty() && max.isEmpty()) {
            return List.of();
        }
        long rows = evidence.check().rows();
        boolean outside = rows < min.orElse(0L) || rows > max.orElse(Long.MAX_VALUE);
        String detail = Figures.count(rows) + " rows, wanted "
                + min.map(Figures::count).orElse("any") + " to "
                + max.map(Figures::count).orElse("any");
        return List.of(outside ? new Verdict.Held(NAME, detail) : new Verdict.Allowed(NAME, detail));
    }
}
