package dev.caravan.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.mapping.FieldRule.WhenEmpty;
import dev.caravan.normalise.Compiled;
import dev.caravan.normalise.Normaliser;
import dev.caravan.normalise.Normalisers;
import dev.caravan.problem.Place;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowMapperTest {

    @ParameterizedTest
    @CsvSource({
        "2.675, 2, 2.68",
        "0.125, 2, 0.13",
        "-0.125, 2, -0.13",
        "1.005, 2, 1.01",
        "0.1, 5, 0.1",
        "0.004, 2, 0",
        "-0.004, 2, 0",
        "1234.5, 0, 1235",
        "1e300, 2, 1e300"
    })
    void numbersAreRoundedHalfUpAsPeopleReadThem(String number, int digits, String expected) {
        assertThat(rounded(new Value.Real(Double.parseDouble(number)), digits))
                .isEqualTo(new Value.Real(Double.parseDouble(expected)));
        assertThat(rounded(new Value.Decimal(new BigDecimal(number)), digits))
                .isEqualTo(new Value.Decimal(new BigDecimal(expected)));
    }

    @Test
    void roundingLeavesAloneWhatHasNoDigitsToLose() {
        for (Value value : List.of(
                new Value.Int(7),
                new Value.Real(Double.NaN),
                new Value.Real(Double.POSITIVE_INFINITY),
                new Value.Text("1.239"),
                Value.ofNull())) {
            assertThat(rounded(value, 2)).isEqualTo(value);
        }
    }

    @Test
    void anEmptyValueClearsOrIsLeftOut() {
        Row row = row("a", Value.ofNull(), "b", new Value.Text(" "), "c", new Value.Int(0));
        FieldSet clearing = set(rule("A", "a", WhenEmpty.CLEAR), rule("B", "b", WhenEmpty.CLEAR));
        FieldSet keeping =
                set(rule("A", "a", WhenEmpty.KEEP), rule("B", "b", WhenEmpty.KEEP), rule("C", "c", WhenEmpty.KEEP));
        assertThat(fields(RowMapper.map(clearing, row)))
                .containsExactly(Map.entry("A", Value.ofNull()), Map.entry("B", new Value.Text(" ")));
        assertThat(fields(RowMapper.map(keeping, row))).containsExactly(Map.entry("C", new Value.Int(0)));
    }

    @Test
    void fieldsComeInFileOrder() {
        FieldSet set = set(rule("Z", "a", WhenEmpty.CLEAR), rule("A", "a", WhenEmpty.CLEAR));
        assertThat(fields(RowMapper.map(set, row("a", new Value.Int(1)))).keySet())
                .containsExactly("Z", "A");
    }

    @Test
    void oneExpressionWithoutAValueFailsTheRowAndNamesTheField() {
        FieldSet set = set(
                rule("A", "a", WhenEmpty.CLEAR),
                rule(
                        "B",
                        new FieldSource.Computed(
                                "1 / row.a",
                                Set.of("a"),
                                Optional.empty(),
                                any -> new Expression.Result.Failed("division"))));
        assertThat(RowMapper.map(set, row("a", new Value.Int(0)))).isEqualTo(new Mapped.Failed("expression:B"));
    }

    @Test
    void anOlderSetSaysWhatItCanOfAnImageThatLacksColumns() {
        FieldSet set = set(
                rule("A", "a", WhenEmpty.CLEAR),
                rule("B", "b", WhenEmpty.CLEAR),
                rule("C", new FieldSource.Constant(new Value.Int(3))));
        assertThat(fields(RowMapper.mapKnown(set, row("a", new Value.Int(1)))))
                .containsExactly(Map.entry("A", new Value.Int(1)), Map.entry("C", new Value.Int(3)));
    }

    @Test
    void onlyTriggeringFieldsColumnsAreLookedAtForChanges() {
        FieldRule quiet = new FieldRule(
                "Q", new FieldSource.Column("q"), Optional.empty(), false, WhenEmpty.CLEAR, false, Place.ofFile("m"));
        FieldSet set = set(rule("A", "a", WhenEmpty.CLEAR), quiet);
        assertThat(set.columns()).containsExactly("a", "q");
        assertThat(set.triggeringColumns()).containsExactly("a");
    }

    @Test
    void aNormalisedFieldIsTextOrNullOrSaysWhyTheRowHasNone() {
        FieldSet set = set(rule("Email", normalising("a", "google.email | sha256.hex_upper", false, Optional.empty())));
        assertThat(fields(RowMapper.map(set, row("a", new Value.Text("Alexz@Example.com")))))
                .containsExactly(Map.entry(
                        "Email", new Value.Text("509E933019BB285A134A9334B8BB679DFF79D0CE023D529AF4BD744D47B4FD8A")));
        assertThat(fields(RowMapper.map(set, row("a", new Value.Text(" "))))).containsEntry("Email", Value.ofNull());
        assertThat(fields(RowMapper.map(set, row("a", Value.ofNull())))).containsEntry("Email", Value.ofNull());
        assertThat(RowMapper.map(set, row("a", new Value.Text("n/a"))))
                .isEqualTo(new Mapped.Failed("not_an_email:Email"));
        assertThat(RowMapper.map(
                        set,
                        row("a", new Value.Text("509e933019bb285a134a9334b8bb679dff79d0ce023d529af4bd744d47b4fd8a"))))
                .isEqualTo(new Mapped.Failed("already_hashed:Email"));
    }

    @Test
    void aBlankNormalisedFieldIsKeptWhereEmptyOnesAre() {
        FieldRule keeping = new FieldRule(
                "Email",
                normalising("a", "email", false, Optional.empty()),
                Optional.empty(),
                true,
                WhenEmpty.KEEP,
                false,
                Place.ofFile("m"));
        assertThat(fields(RowMapper.map(set(keeping), row("a", new Value.Text("\u00A0")))))
                .isEmpty();
    }

    @Test
    void theCountryOfTheRowCountsAndHashesAreRewritten() {
        FieldSet phone = set(rule("Phone", normalising("a", "google.phone: DE", false, Optional.of("b"))));
        assertThat(fields(RowMapper.map(phone, row("a", new Value.Text("0113 496 0987"), "b", new Value.Text("GB")))))
                .containsEntry("Phone", new Value.Text("+441134960987"));
        assertThat(fields(RowMapper.map(phone, row("a", new Value.Int(491701234567L), "b", Value.ofNull()))))
                .containsEntry("Phone", new Value.Text("+491701234567"));
        FieldSet hashed = set(rule("H", normalising("a", "sha256.hex", true, Optional.empty())));
        assertThat(fields(RowMapper.map(
                        hashed,
                        row("a", new Value.Text("509E933019BB285A134A9334B8BB679DFF79D0CE023D529AF4BD744D47B4FD8A")))))
                .containsEntry("H", new Value.Text("509e933019bb285a134a9334b8bb679dff79d0ce023d529af4bd744d47b4fd8a"));
        assertThat(RowMapper.map(hashed, row("a", new Value.Text("ada@example.com"))))
                .isEqualTo(new Mapped.Failed("not_a_hash:H"));
    }

    private static FieldSource normalising(String column, String pipe, boolean hashed, Optional<String> country) {
        Normaliser normaliser = ((Compiled.Done) Normalisers.compile(pipe)).normaliser();
        return new FieldSource.Normalising(new FieldSource.Column(column), normaliser, hashed, country);
    }

    private static Value rounded(Value value, int digits) {
        FieldRule rule = new FieldRule(
                "F", new FieldSource.Column("c"), Optional.of(digits), true, WhenEmpty.CLEAR, false, Place.ofFile("m"));
        return fields(RowMapper.map(set(rule), row("c", value))).get("F");
    }

    private static Map<String, Value> fields(Mapped mapped) {
        return ((Mapped.Fields) mapped).values();
    }

    private static FieldSet set(FieldRule... rules) {
        return new FieldSet(List.of(rules), "d", "v");
    }

    private static FieldRule rule(String field, FieldSource source) {
        return new FieldRule(field, source, Optional.empty(), true, WhenEmpty.CLEAR, false, Place.ofFile("m"));
    }

    private static FieldRule rule(String field, String column, WhenEmpty whenEmpty) {
        return new FieldRule(
                field, new FieldSource.Column(column), Optional.empty(), true, whenEmpty, false, Place.ofFile("m"));
    }

    private static Row row(Object... pairs) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put((String) pairs[i], (Value) pairs[i + 1]);
        }
        return new Row(values);
    }
}
