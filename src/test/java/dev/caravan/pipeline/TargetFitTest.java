package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.row.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetFitTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private static TargetField field(Duration most) {
        return new TargetField(
                "event_time",
                Kind.INSTANT,
                0,
                0,
                0,
                true,
                true,
                true,
                true,
                false,
                false,
                false,
                List.of(),
                most.toSeconds(),
                "");
    }

    private static boolean tooOld(Value value) {
        return TargetFit.tooOld(field(Duration.ofDays(7)), value, NOW);
    }

    @Test
    void whatIsOlderThanTheFieldAllowsIsTooOld() {
        assertThat(tooOld(new Value.Text("2026-11-16T10:00:00Z")))
                .as("to the second")
                .isFalse();
        assertThat(tooOld(new Value.Text("2026-11-16T11:59:59+02:00"))).isTrue();
        assertThat(tooOld(new Value.ZonedTimestamp(NOW))).isFalse();
        assertThat(tooOld(new Value.Date(LocalDate.parse("2026-11-17")))).isFalse();
        assertThat(tooOld(new Value.Date(LocalDate.parse("2026-11-16"))))
                .as("its midnight")
                .isTrue();
    }

    @Test
    void nothingIsTooOldWhereThatDoesNotMatterOrNoTimeIsThere() {
        Value old = new Value.Text("1999-01-01T00:00:00Z");
        assertThat(TargetFit.tooOld(field(Duration.ZERO), old, NOW)).isFalse();
        assertThat(tooOld(Value.ofNull())).isFalse();
        assertThat(tooOld(new Value.Text("yesterday"))).isFalse();
    }
}
