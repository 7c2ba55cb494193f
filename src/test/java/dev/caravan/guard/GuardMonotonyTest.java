package dev.caravan.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.row.Seed;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Invariant I13: a tighter limit never lets through what a wider one held. */
class GuardMonotonyTest {

    private static final int TRIES = 5_000;

    @Test
    void aTighterLimitIsNeverMilder() {
        Random random = Seed.random();
        for (int i = 0; i < TRIES; i++) {
            Guardrails wide = limits(random);
            Guardrails tight = tighter(wide, random);
            Evidence evidence = evidence(random);
            assertNotMilder(evidence, wide, tight, Seed.text(i));
        }
    }

    @Test
    void aWrittenLimitBelowTheDefaultIsNeverMilderThanTheDefaultForASmallTable() {
        Random random = Seed.random();
        Guardrails tight = new Guardrails(
                share("0.3"),
                share("0.1"),
                share("0.01"),
                share("0.5"),
                Optional.of(1_000L),
                Optional.empty(),
                Map.of());
        for (int i = 0; i < TRIES; i++) {
            Evidence evidence = evidence(random);
            if (evidence.removed() <= 500) {
                assertNotMilder(evidence, Guardrails.DEFAULT, tight, Seed.text(i));
            }
        }
    }

    private static void assertNotMilder(Evidence evidence, Guardrails wide, Guardrails tight, String seed) {
        List<Verdict> before = Guards.of(wide).judge(evidence);
        List<Verdict> after = Guards.of(tight).judge(evidence);
        for (Verdict verdict : before) {
            String subject = subject(verdict);
            int severity = after.stream()
                    .filter(other -> subject(other).equals(subject))
                    .mapToInt(GuardMonotonyTest::severity)
                    .max()
                    .orElse(0);
            assertThat(severity)
                    .as("%s: %s under %s, then %s under %s", seed, verdict, wide, after, tight)
                    .isGreaterThanOrEqualTo(severity(verdict));
        }
    }

    /** The guard; and how bad the worst is that it says, since one verdict may stand for several fields. */
    private static String subject(Verdict verdict) {
        return verdict.guard();
    }

    private static int severity(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allowed allowed -> 0;
            case Verdict.Dropped dropped -> 1;
            case Verdict.Held held -> 2;
        };
    }

    private static Guardrails limits(Random random) {
        return new Guardrails(
                written(random),
                written(random),
                written(random),
                written(random),
                Optional.of(random.nextLong(2_000)),
                Optional.empty(),
                Map.of());
    }

    private static Guardrails tighter(Guardrails wide, Random random) {
        BigDecimal factor = BigDecimal.valueOf(random.nextInt(0, 101), 2);
        return new Guardrails(
                wide.maxChanged().map(factor::multiply),
                wide.maxRemoved().map(factor::multiply),
                wide.maxCleared().map(factor::multiply),
                wide.minRows().map(least -> least.add(factor)),
                wide.maxFirstSync().map(limit -> limit / 2),
                wide.maxResent(),
                Map.of());
    }

    private static Optional<BigDecimal> written(Random random) {
        return Optional.of(BigDecimal.valueOf(random.nextInt(0, 1_001), 3));
    }

    private static Optional<BigDecimal> share(String text) {
        return Optional.of(new BigDecimal(text));
    }

    private static Evidence evidence(Random random) {
        Facts facts = new Facts();
        int size = random.nextBoolean() ? 60 : 20_000;
        facts.firstSync = random.nextInt(5) == 0;
        facts.live = facts.firstSync ? 0 : random.nextInt(size);
        facts.rows = random.nextInt(size);
        facts.lastGood = random.nextBoolean() ? Optional.of((long) random.nextInt(size)) : Optional.empty();
        facts.added = random.nextInt(size);
        facts.changed = random.nextInt(size);
        facts.edited = random.nextInt(size);
        facts.removed = random.nextInt(size);
        facts.gone = random.nextInt(size);
        facts.cleared = Map.of("Email", (long) random.nextInt(size));
        return facts.evidence();
    }
}
