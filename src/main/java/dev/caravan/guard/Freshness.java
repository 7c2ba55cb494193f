package dev.caravan.guard;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** G7: old data is held. Only for mappings whose contract says how fresh rows must be. */
final class Freshness implements Guard {

    private static final String NAME = "fresh_within";

    @Override
    public List<Verdict> judge(Evidence evidence) {
        Optional<Duration> limit = evidence.contract().freshWithin();
        if (limit.isEmpty()) {
            return List.of();
        }
        Optional<Duration> age = evidence.age();
        if (age.isEmpty()) {
            return List.of(new Verdict.Held(NAME, "no row has a watermark"));
        }
        String detail = "newest row is " + Figures.about(age.get()) + " old, limit " + Figures.exactly(limit.get());
        return List.of(
                age.get().compareTo(limit.get()) > 0
                        ? new Verdict.Held(NAME, detail)
                        : new Verdict.Allowed(NAME, detail));
    }
}
