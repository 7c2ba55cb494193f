package dev.caravan.connector.salesforce;

import static dev.caravan.connector.salesforce.Sample.SALESFORCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FitTest {

    private static TargetField field(Kind kind) {
        return field(kind, 0, true);
    }

    private static TargetField field(Kind kind, int length, boolean nillable, String... values) {
        return new TargetField(
                "F__c",
                kind,
                length,
                5,
                kind == Kind.INTEGER ? 0 : 2,
                true,
                true,
                nillable,
                false,
                false,
                false,
                true,
                Arrays.asList(values));
    }

    private static Optional<String> misfit(Kind kind, Value value) {
        return SALESFORCE.misfit(field(kind), value);
    }

    private static Value text(String text) {
        return new Value.Text(text);
    }

    @Test
    void jsonAndBytesFitTextAsTheyAreWritten() {
        Value json = new Value.Json("{\"b\": 1}");
        Value bytes = new Value.Binary("AQI=");
        for (Kind kind : Kind.values()) {
            boolean fits = kind == Kind.TEXT;
            assertThat(SALESFORCE.mismatch(field(kind), ValueType.JSON).isEmpty())
                    .as("%s", kind)
                    .isEqualTo(fits);
            assertThat(SALESFORCE.mismatch(field(kind), ValueType.BINARY).isEmpty())
                    .as("%s", kind)
                    .isEqualTo(fits);
        }
        assertThat(SALESFORCE.misfit(field(Kind.TEXT, 7, true), json)).isEmpty();
        assertThat(SALESFORCE.misfit(field(Kind.TEXT, 6, true), json)).hasValue("too_long");
        assertThat(SALESFORCE.misfit(field(Kind.TEXT, 4, true), bytes)).isEmpty();
        assertThat(SALESFORCE.misfit(field(Kind.TEXT, 3, true), bytes)).hasValue("too_long");
    }

    @Test
    void lengthIsCountedInCharactersAsPeopleSeeThem() {
        TargetField two = field(Kind.TEXT, 2, true);

        assertThat(SALESFORCE.misfit(two, text("ab"))).isEmpty();
        assertThat(SALESFORCE.misfit(two, text("\uD83D\uDE00\uD83D\uDE00"))).isEmpty();
        assertThat(SALESFORCE.misfit(two, text("abc"))).hasValue("too_long");
        assertThat(SALESFORCE.misfit(two, new Value.Int(123))).hasValue("too_long");
        assertThat(SALESFORCE.misfit(field(Kind.TEXT, 0, true), text("x".repeat(100_000))))
                .isEmpty();
        assertThat(SALESFORCE.misfit(two, text("\uD83D"))).hasValue("not_text");
    }

    @Test
    void nullClearsWhatMayBeEmptyAndNothingElse() {
        for (Kind kind : List.of(Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.ENUM)) {
            assertThat(SALESFORCE.misfit(field(kind, 0, true), Value.ofNull())).isEmpty();
            assertThat(SALESFORCE.misfit(field(kind, 0, true), text(""))).isEmpty();
            assertThat(SALESFORCE.misfit(field(kind, 0, false), Value.ofNull())).hasValue("null_not_allowed");
            assertThat(SALESFORCE.misfit(field(kind, 0, false), text(""))).hasValue("null_not_allowed");
        }
        assertThat(SALESFORCE.misfit(field(Kind.BOOLEAN, 0, false), Value.ofNull()))
                .hasValue("null_not_allowed");
    }

    @Test
    void numbersAreBoundedBeforeThePointAndNotAfterIt() {
        assertThat(misfit(Kind.NUMBER, new Value.Int(999))).isEmpty();
        assertThat(misfit(Kind.NUMBER, new Value.Int(-1000))).hasValue("out_of_range");
        assertThat(misfit(Kind.NUMBER, new Value.Real(0.1 + 0.2))).isEmpty();
        assertThat(misfit(Kind.NUMBER, new Value.Decimal(new BigDecimal("999.999999"))))
                .isEmpty();
        assertThat(misfit(Kind.NUMBER, new Value.Decimal(BigDecimal.ZERO))).isEmpty();
        assertThat(misfit(Kind.NUMBER, text("12.5"))).isEmpty();
        assertThat(misfit(Kind.NUMBER, text("12,5"))).hasValue("not_a_number");
        assertThat(misfit(Kind.NUMBER, text("1e999999999"))).hasValue("not_a_number");
        assertThat(misfit(Kind.NUMBER, new Value.Real(Double.POSITIVE_INFINITY)))
                .hasValue("not_a_number");
        assertThat(misfit(Kind.INTEGER, new Value.Real(12.0))).isEmpty();
        assertThat(misfit(Kind.INTEGER, new Value.Real(12.5))).hasValue("not_whole");
        assertThat(misfit(Kind.INTEGER, new Value.Int(100_000))).hasValue("out_of_range");
    }

    @Test
    void datesEmailsIdsAndTruthValues() {
        assertThat(misfit(Kind.DATE, new Value.Date(LocalDate.of(1699, 12, 31))))
                .hasValue("out_of_range");
        assertThat(misfit(Kind.DATE, new Value.Date(LocalDate.of(4000, 12, 31))))
                .isEmpty();
        assertThat(misfit(Kind.DATE, text("2026-02-30"))).hasValue("not_a_date");
        assertThat(misfit(Kind.DATE, text("2026-02-28"))).isEmpty();
        assertThat(misfit(Kind.INSTANT, new Value.ZonedTimestamp(Instant.parse("4001-01-01T00:00:00Z"))))
                .hasValue("out_of_range");
        assertThat(misfit(Kind.INSTANT, text("2026-01-01T00:00:00"))).hasValue("not_an_instant");
        assertThat(misfit(Kind.INSTANT, text("2026-01-01T00:00:00+02:00"))).isEmpty();
        assertThat(misfit(Kind.INSTANT, new Value.Timestamp(LocalDateTime.of(2026, 1, 1, 0, 0))))
                .hasValue("not_an_instant");
        assertThat(misfit(Kind.TIME, new Value.Time(LocalTime.NOON))).isEmpty();
        assertThat(misfit(Kind.EMAIL, text("a@b.co"))).isEmpty();
        assertThat(misfit(Kind.EMAIL, text("badone"))).hasValue("not_an_email");
        assertThat(misfit(Kind.REFERENCE, text("0035g00000AbCdE"))).isEmpty();
        assertThat(misfit(Kind.REFERENCE, text("0035g00000AbCdEFG!"))).hasValue("not_an_id");
        assertThat(misfit(Kind.BOOLEAN, text("True"))).isEmpty();
        assertThat(misfit(Kind.BOOLEAN, text("yes"))).hasValue("not_a_boolean");
        assertThat(misfit(Kind.OTHER, text("x"))).hasValue("wrong_type");
    }

    @Test
    void aClosedListIsClosedAndAnOpenOneOpen() {
        TargetField closed = field(Kind.ENUM, 40, true, "Hot", "Cold");

        assertThat(SALESFORCE.misfit(closed, text("Hot"))).isEmpty();
        assertThat(SALESFORCE.misfit(closed, text("Hot;Cold"))).isEmpty();
        assertThat(SALESFORCE.misfit(closed, text("Warm"))).hasValue("not_in_list");
        assertThat(SALESFORCE.misfit(closed, text("Hot;Warm"))).hasValue("not_in_list");
        assertThat(SALESFORCE.misfit(field(Kind.ENUM, 40, true), text("Warm"))).isEmpty();
    }

    @Test
    void typesThatCanNeverFitAreToldBeforeAnyRow() {
        for (Kind kind : Kind.values()) {
            boolean writable = EnumSet.complementOf(EnumSet.of(Kind.OTHER, Kind.TIMESTAMP, Kind.JSON, Kind.BINARY))
                    .contains(kind);
            assertThat(SALESFORCE.mismatch(field(kind), ValueType.TEXT).isEmpty())
                    .as("%s", kind)
                    .isEqualTo(writable);
        }
        assertThat(SALESFORCE.mismatch(field(Kind.NUMBER), ValueType.BOOLEAN)).isPresent();
        assertThat(SALESFORCE.mismatch(field(Kind.NUMBER), ValueType.DOUBLE)).isEmpty();
        assertThat(SALESFORCE.mismatch(field(Kind.DATE), ValueType.TIMESTAMPTZ)).isPresent();
        assertThat(SALESFORCE.mismatch(field(Kind.INSTANT), ValueType.TIMESTAMP))
                .hasValueSatisfying(why -> assertThat(why).contains("zone"));
        assertThat(SALESFORCE.mismatch(field(Kind.BOOLEAN), ValueType.INTEGER)).isPresent();
        assertThat(SALESFORCE.mismatch(field(Kind.TEXT), ValueType.DATE)).isEmpty();
    }
}
