package dev.caravan.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValueTest {

    @Test
    void valuesOfOneTypeAreEqualExactlyWhenTheirTextsAre() {
        Random random = Seed.random();
        for (int i = 0; i < 5_000; i++) {
            ValueType type = AnyValue.type(random);
            Value one = AnyValue.of(type, random);
            Value two = AnyValue.of(type, random);
            assertThat(one.equals(two))
                    .as("%s: %s, %s", Seed.text(i), one, two)
                    .isEqualTo(one.text().equals(two.text()));
        }
    }

    @Test
    void numbersHaveOneFormHoweverTheyWereWritten() {
        assertThat(decimal("1.50"))
                .isEqualTo(decimal("1.5"))
                .hasToString(decimal("1.5").toString());
        assertThat(decimal("0.00").text()).isEqualTo("0");
        assertThat(decimal("-0.0")).isEqualTo(decimal("0"));
        assertThat(decimal("1E+3").text()).isEqualTo("1000");
        assertThat(decimal("1E-7").text()).isEqualTo("0.0000001");
        assertThat(new Value.Real(-0.0)).isEqualTo(new Value.Real(0.0));
        assertThat(new Value.Real(1e21).text()).isEqualTo("1000000000000000000000");
        assertThat(new Value.Real(1e-7).text()).isEqualTo("0.0000001");
        assertThat(new Value.Real(3.0).text()).isEqualTo("3");
    }

    @Test
    void timeIsCutToTheMicrosecondSoThatAnImageEqualsWhatWasRead() {
        assertThat(new Value.Time(LocalTime.of(1, 2, 3, 123_456_789)).text()).isEqualTo("01:02:03.123456");
        assertThat(new Value.Time(LocalTime.of(1, 2, 3, 123_456_789)))
                .isEqualTo(new Value.Time(LocalTime.of(1, 2, 3, 123_456_000)));
        assertThat(new Value.Timestamp(LocalDateTime.of(2026, 1, 2, 3, 4, 0, 999)).text())
                .isEqualTo("2026-01-02T03:04:00");
        assertThat(new Value.ZonedTimestamp(Instant.parse("1969-12-31T23:59:59.999999999Z")).text())
                .isEqualTo("1969-12-31T23:59:59.999999Z");
    }

    @Test
    void nothingIsNullOrWhiteSpace() {
        assertThat(Value.ofNull().isEmpty()).isTrue();
        assertThat(new Value.Text("").isEmpty()).isTrue();
        assertThat(new Value.Text(" \t").isEmpty()).isTrue();
        assertThat(new Value.Text("0").isEmpty()).isFalse();
        assertThat(new Value.Int(0).isEmpty()).isFalse();
        assertThat(new Value.Bool(false).isEmpty()).isFalse();
        assertThat(new Value.Text("").isNull()).isFalse();
    }

    private static Value decimal(String text) {
        return new Value.Decimal(new BigDecimal(text));
    }
}
