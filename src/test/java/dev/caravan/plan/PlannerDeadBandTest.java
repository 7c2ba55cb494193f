package dev.caravan.plan;

import static dev.caravan.plan.Given.KEY;
import static dev.caravan.plan.Given.field;
import static dev.caravan.plan.Given.known;
import static dev.caravan.plan.Given.mapped;
import static dev.caravan.plan.Given.row;
import static dev.caravan.plan.Given.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.row.Value;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannerDeadBandTest {

    private final Given given = new Given(field("A"), field("B")).deadBand("A", "0.1");

    @Test
    void aStepSmallerThanTheBandIsNotSentAndStaysACandidate() {
        assertThat(given.change(row("a", 1.05, "b", 1), known(row("a", 1.0, "b", 1))))
                .isEqualTo(new Planned.Quiet(KEY));
    }

    @Test
    void aStepOfTheBandOrMoreIsSent() {
        assertThat(sent(given.change(row("a", 1.1, "b", 1), known(row("a", 1.0, "b", 1)))))
                .isEqualTo(mapped("A", 1.1));
        assertThat(sent(given.change(row("a", 0.9, "b", 1), known(row("a", 1.0, "b", 1)))))
                .isEqualTo(mapped("A", 0.9));
        assertThat(sent(given.change(row("a", new BigDecimal("1.1"), "b", 1), known(row("a", 1, "b", 1)))))
                .isEqualTo(mapped("A", new BigDecimal("1.1")));
    }

    @Test
    void whatIsKeptBackWhileAnotherFieldGoesIsRemembered() {
        PlannedWrite write = written(given.change(row("a", 1.05, "b", 2), known(row("a", 1.0, "b", 1))));
        assertThat(write.fields()).isEqualTo(mapped("B", 2));
        assertThat(write.withheld()).isEqualTo(mapped("A", 1.0));
        assertThat(write.rowHash()).as("stays a candidate").isNull();
    }

    @Test
    void smallStepsAddUpAgainstTheValueLastSent() {
        Map<String, Value> withheld = mapped("A", 1.0);
        assertThat(given.change(row("a", 1.09, "b", 2), known("now", row("a", 1.05, "b", 2), withheld)))
                .isEqualTo(new Planned.Quiet(KEY));
        PlannedWrite write =
                written(given.change(row("a", 1.12, "b", 2), known("now", row("a", 1.05, "b", 2), withheld)));
        assertThat(write.fields()).isEqualTo(mapped("A", 1.12));
        assertThat(write.before()).isEqualTo(mapped("A", 1.0));
        assertThat(write.withheld()).isEmpty();
        assertThat(write.rowHash()).isEqualTo(99);
    }

    @Test
    void aValueThatCameBackToTheOneLastSentIsAbsorbed() {
        assertThat(given.change(row("a", 1.0, "b", 2), known("now", row("a", 1.05, "b", 2), mapped("A", 1.0))))
                .isEqualTo(new Planned.Same(KEY));
    }

    @Test
    void fromAndToNothingIsAlwaysAStep() {
        assertThat(sent(given.change(row("a", null, "b", 1), known(row("a", 0.01, "b", 1)))))
                .isEqualTo(mapped("A", null));
        assertThat(sent(given.change(row("a", 0.01, "b", 1), known(row("a", null, "b", 1)))))
                .isEqualTo(mapped("A", 0.01));
    }

    @Test
    void whatIsNoNumberHasNoSmallStep() {
        assertThat(sent(given.change(row("a", Double.NaN, "b", 1), known(row("a", 1.0, "b", 1)))))
                .isEqualTo(mapped("A", Double.NaN));
        assertThat(sent(given.change(row("a", "1.01", "b", 1), known(row("a", "1.0", "b", 1)))))
                .isEqualTo(mapped("A", "1.01"));
    }

    private static Map<String, Value> sent(Planned planned) {
        return written(planned).fields();
    }
}
