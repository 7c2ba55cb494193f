package dev.caravan.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each guard at its limit and one row beyond. */
class GuardsTest {

    private final Facts facts = new Facts();

    @Test
    void aQuietRunIsHeldByNothing() {
        assertThat(facts.heldBy()).isEmpty();
        assertThat(Guards.of(Guardrails.DEFAULT).judge(facts.evidence()))
                .extracting(Verdict::guard)
                .containsExactly("min_rows", "valid_share", "max_removed", "max_changed", "key_churn", "max_cleared");
    }

    @Test
    void anEmptyReadIsHeldWhateverIsWritten() {
        facts.rows = 0;
        assertThat(facts.heldBy(Facts.minRows("0"))).containsExactly("min_rows");
        facts.live = 0;
        facts.lastGood = Optional.empty();
        assertThat(facts.heldBy()).as("nothing read, nothing there").isEmpty();
    }

    @Test
    void aReadOfLessThanHalfTheLastOneIsHeld() {
        facts.rows = 500;
        assertThat(facts.heldBy()).isEmpty();
        facts.rows = 499;
        assertThat(facts.heldBy()).containsExactly("min_rows");
        assertThat(facts.heldBy(Facts.minRows("0.4"))).isEmpty();
        assertThat(facts.heldBy(Facts.minRows("0.9"))).containsExactly("min_rows");
    }

    @Test
    void aForgottenLastReadDoesNotDisarmTheGuard() {
        facts.lastGood = Optional.empty();
        facts.rows = 10;
        assertThat(facts.heldBy()).containsExactly("min_rows");
    }

    @Test
    void theContractsBoundsOnRowsHold() {
        facts.contract = Facts.contract(Optional.empty(), Optional.of(1_000L), Optional.of(1_000L), "0");
        assertThat(facts.heldBy()).isEmpty();
        facts.rows = 1_001;
        assertThat(facts.heldBy()).containsExactly("rows");
        facts.rows = 999;
        assertThat(facts.heldBy()).containsExactly("rows");
    }

    @Test
    void tooFewValidRowsHold() {
        facts.invalid = 500;
        assertThat(facts.heldBy()).isEmpty();
        facts.invalid = 501;
        assertThat(facts.heldBy()).containsExactly("valid_share");
        facts.contract = Facts.contract(Optional.empty(), Optional.empty(), Optional.empty(), "1");
        facts.invalid = 1;
        assertThat(facts.heldBy()).containsExactly("valid_share");
    }

    @Test
    void oldDataIsHeldOnlyWhereTheContractSaysHowFresh() {
        facts.age = Optional.of(Duration.ofDays(400));
        assertThat(facts.heldBy()).isEmpty();
        facts.contract = Facts.contract(Optional.of(Duration.ofHours(6)), Optional.empty(), Optional.empty(), "0");
        assertThat(facts.heldBy()).containsExactly("fresh_within");
        facts.age = Optional.of(Duration.ofHours(6));
        assertThat(facts.heldBy()).isEmpty();
        facts.age = Optional.empty();
        assertThat(facts.heldBy()).containsExactly("fresh_within");
    }

    @Test
    void aFirstSyncAboveAThousandRowsIsHeldAndNotForItsVolume() {
        facts.firstSync = true;
        facts.live = 0;
        facts.lastGood = Optional.empty();
        facts.added = 1_000;
        assertThat(facts.heldBy()).isEmpty();
        facts.added = 1_001;
        assertThat(facts.heldBy()).containsExactly("max_first_sync");
        Guardrails more = new Guardrails(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(5_000L),
                Optional.empty(),
                Map.of());
        assertThat(facts.heldBy(more)).isEmpty();
    }

    /** Nothing is held for it: the run sends no more in the first place. */
    @Test
    void whatIsSentAgainComesAShareAtATime() {
        Guardrails fifth = new Guardrails(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new BigDecimal("0.2")),
                Map.of());
        assertThat(Resending.most(Guardrails.DEFAULT, 10_000)).isEqualTo(1_000);
        assertThat(Resending.most(Guardrails.DEFAULT, 50)).as("small tables").isEqualTo(20);
        assertThat(Resending.most(fifth, 10_000)).isEqualTo(2_000);
        assertThat(Resending.most(fifth, 3)).as("one at least").isEqualTo(1);
        assertThat(Resending.most(fifth, 0)).isZero();

        assertThat(verdicts("max_resent", Guardrails.DEFAULT)).isEmpty();
        facts.renewed = 100;
        facts.overdue = 250;
        assertThat(facts.heldBy()).isEmpty();
        assertThat(verdicts("max_resent", Guardrails.DEFAULT))
                .containsExactly(
                        "100 of 1,000 sent again (10.0 %), limit 10 %; 250 more are due and wait for later runs");
    }

    /** Adds may be more than there are live rows: that is no miscount. */
    @Test
    void whatMovesIsSaidAsAShareOfWhatIsLive() {
        facts.live = 515;
        facts.added = 19_900;
        facts.changed = 44;
        assertThat(verdicts("max_changed", Guardrails.DEFAULT))
                .containsExactly("19,944 added or changed, 3872.6 % of 515 live rows, limit 30 %");
        facts.live = 0;
        facts.added = 1;
        facts.changed = 0;
        assertThat(verdicts("max_changed", Guardrails.DEFAULT))
                .containsExactly("1 added or changed, no live rows, limit 30 %");
    }

    private List<String> verdicts(String guard, Guardrails limits) {
        return Guards.of(limits).judge(facts.evidence()).stream()
                .filter(verdict -> verdict.guard().equals(guard))
                .map(Verdict::detail)
                .toList();
    }

    @Test
    void removalsAboveATenthAreHeldFromTwentyOneRowsOn() {
        facts.removed = 100;
        assertThat(facts.heldBy()).isEmpty();
        facts.removed = 101;
        assertThat(facts.heldBy()).containsExactly("max_removed");
        facts.live = 30;
        facts.removed = 20;
        assertThat(facts.heldBy()).as("small tables").isEmpty();
        facts.removed = 21;
        assertThat(facts.heldBy()).containsExactly("max_removed");
    }

    @Test
    void moreThanFiveHundredRemovalsAreHeldHoweverLargeTheTable() {
        facts.live = 1_000_000;
        facts.removed = 500;
        assertThat(facts.heldBy()).isEmpty();
        facts.removed = 501;
        assertThat(facts.heldBy()).containsExactly("max_removed");
        assertThat(Guards.of(Guardrails.DEFAULT).judge(facts.evidence()))
                .as("the limit that was passed is named")
                .anySatisfy(verdict -> assertThat(verdict.detail()).contains("501 of 1,000,000", "500 rows"));
    }

    @Test
    void aWrittenLimitIsTakenLiterally() {
        facts.removed = 1;
        assertThat(facts.heldBy(Facts.maxRemoved("0"))).containsExactly("max_removed");
        facts.removed = 600;
        facts.live = 1_000;
        assertThat(facts.heldBy(Facts.maxRemoved("1"))).isEmpty();
        facts.removed = 0;
        facts.changed = 1;
        assertThat(facts.heldBy(Facts.maxChanged("0"))).containsExactly("max_changed");
        facts.changed = 1_000;
        assertThat(facts.heldBy(Facts.maxChanged("1"))).isEmpty();
    }

    @Test
    void changesAndAddsOfEveryCauseCountTogether() {
        facts.added = 75;
        facts.changed = 75;
        facts.edited = 75;
        facts.backfilled = 0;
        assertThat(facts.heldBy()).isEmpty();
        facts.edited = 150;
        assertThat(facts.heldBy()).isEmpty();
        facts.edited = 151;
        assertThat(facts.heldBy()).containsExactly("max_changed");
        facts.live = 20;
        facts.added = 20;
        facts.changed = 0;
        facts.edited = 0;
        assertThat(facts.heldBy()).as("small tables").isEmpty();
    }

    @Test
    void aTableThatWasEmptiedByRemovalsIsNoFirstSync() {
        facts.live = 0;
        facts.added = 21;
        assertThat(facts.heldBy()).containsExactly("max_changed");
    }

    @Test
    void keysThatComeAndGoInNumbersAreHeldThoughNothingIsRemoved() {
        facts.added = 101;
        facts.gone = 100;
        assertThat(facts.heldBy()).isEmpty();
        facts.gone = 101;
        assertThat(facts.heldBy()).containsExactly("key_churn");
        facts.added = 100;
        assertThat(facts.heldBy()).isEmpty();
    }

    @Test
    void clearsAboveOnePercentAreDroppedAndAboveTenHoldThePlan() {
        facts.live = 2_000;
        assertThat(cleared(20, Guardrails.DEFAULT)).isEmpty();
        assertThat(cleared(21, Guardrails.DEFAULT)).containsExactly("dropped Email 21");
        assertThat(cleared(200, Guardrails.DEFAULT)).containsExactly("dropped Email 200");
        assertThat(cleared(201, Guardrails.DEFAULT)).containsExactly("held");
        facts.live = 50;
        assertThat(cleared(10, Guardrails.DEFAULT)).as("small tables").isEmpty();
        assertThat(cleared(11, Guardrails.DEFAULT)).containsExactly("held");
        assertThat(cleared(1, Facts.maxCleared("0"))).containsExactly("held");
        assertThat(cleared(50, Facts.maxCleared("1"))).isEmpty();
    }

    @Test
    void everyFieldIsJudgedByItself() {
        facts.cleared = Map.of("Email", 11L, "Phone", 500L, "City", 1L);
        assertThat(Guards.of(Guardrails.DEFAULT).judge(facts.evidence()))
                .filteredOn(verdict -> verdict.guard().equals("max_cleared"))
                .extracting(verdict -> verdict.getClass().getSimpleName())
                .containsExactlyInAnyOrder("Dropped", "Held");
    }

    @Test
    void aBackfillIsNeverSentUnapproved() {
        facts.backfilled = 1;
        assertThat(facts.heldBy(Facts.maxChanged("1"))).containsExactly("backfill");
    }

    @Test
    void anUnreadableKeySaysThatNothingIsRemoved() {
        facts.nullKeys = 3;
        facts.invalid = 3;
        assertThat(facts.heldBy()).isEmpty();
        assertThat(Guards.of(Guardrails.DEFAULT).judge(facts.evidence()))
                .anySatisfy(verdict -> assertThat(verdict)
                        .isInstanceOf(Verdict.Allowed.class)
                        .extracting(Verdict::detail)
                        .asString()
                        .contains("no removals", "3"));
    }

    @Test
    void everythingThatIsWrongIsShownAtOnce() {
        facts.rows = 100;
        facts.removed = 900;
        facts.gone = 900;
        facts.added = 800;
        facts.cleared = Map.of("Email", 900L);
        assertThat(facts.heldBy())
                .containsExactly("min_rows", "max_removed", "max_changed", "key_churn", "max_cleared");
    }

    @Test
    void sharesAreSaidAsPercentages() {
        assertThat(Figures.exactly(Duration.ofDays(1))).isEqualTo("1d");
        assertThat(Figures.exactly(Duration.ofMinutes(90))).isEqualTo("90m");
        assertThat(Figures.exactly(Duration.ofSeconds(0))).isEqualTo("0s");
        assertThat(Figures.about(Duration.ofSeconds(18))).isEqualTo("18s");
        assertThat(Figures.about(Duration.ofHours(26).plusMinutes(50))).isEqualTo("26h");
        assertThat(Shares.percent(1, 3)).isEqualTo("33.3 %");
        assertThat(Shares.percent(0, 0)).isEqualTo("-");
        assertThat(Shares.percent(20_030, 20_031)).isEqualTo("99.9 %");
        assertThat(Shares.percent(1, 20_000)).isEqualTo("under 0.1 %");
        assertThat(Shares.percent(7, 7)).isEqualTo("100.0 %");
        assertThat(Shares.percent(new BigDecimal("0.3"))).isEqualTo("30 %");
        assertThat(Shares.percent(BigDecimal.ZERO)).isEqualTo("0 %");
        assertThat(Shares.percent(new BigDecimal("0.005"))).isEqualTo("0.5 %");
    }

    private List<String> cleared(long rows, Guardrails limits) {
        facts.cleared = Map.of("Email", rows);
        return Guards.of(limits).judge(facts.evidence()).stream()
                .flatMap(verdict -> switch (verdict) {
                    case Verdict.Dropped dropped ->
                        List.of("dropped " + dropped.field() + " " + dropped.rows()).stream();
                    case Verdict.Held held -> List.of("held").stream();
                    case Verdict.Allowed allowed -> List.<String>of().stream();
                })
                .toList();
    }
}
