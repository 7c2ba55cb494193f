package dev.caravan.config.field;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.mapping.Expression.Result;
import dev.caravan.mapping.FieldSource;
import dev.caravan.model.Column;
import dev.caravan.model.ModelSchema;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {

    private static final KnownColumns COLUMNS = new KnownColumns(
            Optional.of(new ModelSchema(List.of(
                    new Column("name", ValueType.TEXT),
                    new Column("score", ValueType.DOUBLE),
                    new Column("age", ValueType.INTEGER),
                    new Column("price", ValueType.DECIMAL),
                    new Column("active", ValueType.BOOLEAN),
                    new Column("born", ValueType.DATE),
                    new Column("seen", ValueType.TIMESTAMPTZ),
                    new Column("Lead Score", ValueType.INTEGER),
                    new Column("doc", ValueType.JSON),
                    new Column("none", ValueType.DOUBLE)))),
            Set.of());

    private static final Row ROW = new Row(Map.ofEntries(
            Map.entry("name", new Value.Text(" Ada ")),
            Map.entry("score", new Value.Real(0.75)),
            Map.entry("age", new Value.Int(36)),
            Map.entry("price", new Value.Decimal(new BigDecimal("12.50"))),
            Map.entry("active", new Value.Bool(true)),
            Map.entry("born", new Value.Date(LocalDate.of(1815, 12, 10))),
            Map.entry("seen", new Value.ZonedTimestamp(Instant.parse("2024-05-01T10:00:00Z"))),
            Map.entry("doc", new Value.Json("{\"b\": [1]}")),
            Map.entry("Lead Score", new Value.Int(7)),
            Map.entry("none", Value.ofNull())));

    private static final String PARTS =
            "row.~name~score~age~price~none~seen~'a'~1~2.5~ + ~ * ~ / ~ == ~(~)~[~]~?~:~ && ~!~-"
                    + "~double(~int(~string(~.trim()~.size()~null~`x y`~,~{~}~\n~\"~§~b'1'~timestamp(~duration('1h')~ in ~dyn(";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "row.name.trim().lowerAscii() | ada | TEXT",
                "row.score * 100.0 | 75 | DOUBLE",
                "row.age + 1 | 37 | INTEGER",
                "row.price | 12.5 | DECIMAL",
                "double(row.price) * 2.0 | 25 | DOUBLE",
                "string(row.price) + ' EUR' | 12.5 EUR | TEXT",
                "row.active && row.age >= 18 | true | BOOLEAN",
                "row.born | 1815-12-10 | TEXT",
                "row.born < '1900-01-01' | true | BOOLEAN",
                "row.seen - duration('24h') | 2024-04-30T10:00:00Z | TIMESTAMPTZ",
                "row.seen.getHours('Europe/Berlin') | 12 | INTEGER",
                "row.`Lead Score` | 7 | INTEGER",
                "row.none == null ? 'none' : 'some' | none | TEXT",
                "row.name == null ? 'none' : 'some' | some | TEXT",
                "row.age in [35, 36] | true | BOOLEAN",
                "row.doc.contains('[1]') | true | BOOLEAN",
                "row.doc | {\"b\":[1]} | TEXT",
            })
    void expressionsComputeTypedValues(String text, String expected, ValueType type) {
        FieldSource.Computed typed = compile(text, COLUMNS);
        assertThat(typed.type()).contains(type);
        assertThat(typed.expression().evaluate(ROW)).isInstanceOfSatisfying(Result.Computed.class, computed -> {
            assertThat(computed.value().text()).isEqualTo(expected);
        });
        assertThat(compile(text, KnownColumns.NONE).expression().evaluate(ROW))
                .as("without a schema it computes the same")
                .isEqualTo(typed.expression().evaluate(ROW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "row.none + 1.0",
                "row.age / 0",
                "row.score / 0.0",
                "9223372036854775807 + row.age",
                "double(row.name)",
                "row.name.substring(40)",
                "[1][row.age]",
                "row.seen.getHours(row.name)",
                "timestamp(row.age * 100000000000000000)",
                "row.name.matches(row.name + '(')",
                "dyn([row.age])",
            })
    void whatCannotBeComputedFailsWithoutTheRowsValues(String text) {
        Result result = compile(text, COLUMNS).expression().evaluate(ROW);
        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Failed.class,
                        failed -> assertThat(failed.reason())
                                .startsWith("the expression")
                                .doesNotContain("Ada", "36", "12.5"));
    }

    @Test
    void anEmptyResultIsNull() {
        assertThat(compile("row.none", COLUMNS).expression().evaluate(ROW))
                .isEqualTo(new Result.Computed(Value.ofNull()));
        FieldSource.Computed mixed = compile("row.age > 18 ? dyn(null) : 'minor'", COLUMNS);
        assertThat(mixed.type()).isEmpty();
        assertThat(mixed.expression().evaluate(ROW)).isEqualTo(new Result.Computed(Value.ofNull()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "row.score > 1 | 10 | such as 100.0",
                "row.price + 1.0 | 10 | double(…)",
                "row.age > 1 ? null : 'x' | 12 | dyn(null)",
                "score > 1.0 | 0 | write row.score",
                "row.scor > 1.0 | 4 | did you mean 'score'?",
                "has(row.name) | 3 | row.column != null",
                "row.name.trimm() | 14 | did you mean 'trim'?",
                "row.name = 'A' | 9 | write ==",
                "row.name + row.age | 9 | string(…)",
                "row.age + | 9 | complete it",
            })
    void aMistakeSaysWhatToDo(String text, int offset, String hint) {
        assertThat(problems(text)).singleElement().satisfies(problem -> {
            assertThat(problem.offset()).isEqualTo(offset);
            assertThat(problem.suggestion()).contains(hint);
        });
    }

    @Test
    void eachUnknownColumnIsReported() {
        assertThat(problems("row.a + row.b"))
                .extracting(ExpressionProblem::offset)
                .containsExactly(4, 12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1, 2].map(x, x * 2)",
                "row.name.replace('', row.name)",
                "['', ''].join(row.name)",
                "strings.quote(row.name)",
            })
    void whatCouldGrowWithoutBoundIsNotInTheLanguage(String text) {
        assertThat(problems(text)).isNotEmpty();
    }

    @Test
    void noTextMakesTheCompilerOrAnEvaluationThrow() {
        long seed = 20_261_122L;
        System.out.println("ExpressionsTest seed " + seed);
        Random random = new Random(seed);
        String[] parts = PARTS.split("~", -1);
        for (int i = 0; i < 800; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(1, 9); n > 0; n--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            switch (new Expressions(COLUMNS).compile(text.toString())) {
                case Compilation.Done done ->
                    assertThat(done.source().expression().evaluate(ROW)).isNotNull();
                case Compilation.Wrong wrong -> assertThat(wrong.problems()).isNotEmpty();
            }
        }
    }

    private static FieldSource.Computed compile(String text, KnownColumns columns) {
        return switch (new Expressions(columns).compile(text)) {
            case Compilation.Done done -> done.source();
            case Compilation.Wrong wrong -> throw new AssertionError(text + ": " + wrong.problems());
        };
    }

    private static List<ExpressionProblem> problems(String text) {
        return switch (new Expressions(COLUMNS).compile(text)) {
            case Compilation.Done done -> List.of();
            case Compilation.Wrong wrong -> wrong.problems();
        };
    }
}
