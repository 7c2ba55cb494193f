package dev.caravan.app.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.Diagnosis.Finding;
import dev.caravan.app.Diagnosis.Level;
import dev.caravan.app.Operations.PlanView;
import dev.caravan.app.Samples;
import dev.caravan.app.SyncReport;
import dev.caravan.destination.Outcome;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import dev.caravan.row.Value;
import dev.caravan.run.Accounting;
import dev.caravan.run.Rejection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written, sent as text and read back prints the same again; only so do the two ways of a command agree. */
class RoundTripTest {

    private static <T> T comesBack(T item, Function<T, ? extends JsonNode> write, Function<JsonNode, T> read) {
        JsonNode first = write.apply(item);
        T back = read.apply(Json.parse(first.toString()));
        assertThat(write.apply(back)).hasToString(first.toString());
        return back;
    }

    @ParameterizedTest
    @ValueSource(strings = {"planned", "done", "held", "decided", "failed"})
    void reports(String state) {
        SyncReport report = Samples.report(state);
        SyncReport back = comesBack(report, ReportJson::write, ReportJson::read);
        assertThat(back.accounting()).isEqualTo(report.accounting());
        assertThat(back.guards()).isEqualTo(report.guards());
        assertThat(back.expires()).isEqualTo(report.expires());
        assertThat(back.rejections()).isEqualTo(report.rejections());
        assertThat(back.fate()).isEqualTo(report.fate());
        assertThat(back.error()).isEqualTo(report.error());
        assertThat(back.summary().orElseThrow().byField())
                .isEqualTo(report.summary().orElseThrow().byField());
    }

    @Test
    void aReportOfARunThatFailedEarlyHasNoSummary() {
        SyncReport bare = new SyncReport(
                1,
                Samples.LEADS,
                "failed",
                0,
                0,
                0,
                0,
                0,
                Accounting.NONE,
                0,
                0.5,
                "",
                List.of(),
                0,
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "model.sql: no such table",
                List.of());
        assertThat(comesBack(bare, ReportJson::write, ReportJson::read)).isEqualTo(bare);
    }

    @Test
    void wordsFromOutsideAreOneLineOfAnEnd() {
        Rejection refused = new Rejection("100", null, 2, Optional.of("a\u001b[31m\n" + "x".repeat(400)));
        assertThat(refused.words())
                .hasValueSatisfying(words -> assertThat(words)
                        .startsWith("a\uFFFD[31m\uFFFDxx")
                        .endsWith("x…")
                        .hasSize(300));
    }

    @Test
    void runsPlansStatusesAndDecisions() {
        assertThat(comesBack(Samples.run(5), RunJson::write, RunJson::read)).isEqualTo(Samples.run(5));
        assertThat(comesBack(Samples.decision(), DecisionJson::write, DecisionJson::read))
                .isEqualTo(Samples.decision());
        assertThat(comesBack(Samples.audit(), DecisionJson::writeEntry, DecisionJson::readEntry))
                .isEqualTo(Samples.audit());
        comesBack(Samples.plan(), PlanJson::write, PlanJson::read);
        comesBack(new PlanView(Samples.plan(), List.of(Samples.write())), PlanJson::writeView, PlanJson::readView);
        comesBack(Samples.status(), StatusJson::write, StatusJson::read);
        Finding finding = new Finding("ledger", Level.WARNING, "grows");
        assertThat(comesBack(finding, FindingJson::write, FindingJson::read)).isEqualTo(finding);
    }

    static List<Outcome> outcomes() {
        return List.of(
                new Outcome.Accepted("00Q1", true),
                new Outcome.Unchanged(null),
                new Outcome.Rejected("STRING_TOO_LONG", "Email", "too long", Outcome.ErrorClass.DATA),
                new Outcome.Deferred("429", Optional.of(Instant.parse("2026-01-02T03:04:05Z"))),
                new Outcome.Deferred("refused", Optional.empty()),
                new Outcome.Unknown("timeout"));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void sentValuesWithTheirOutcome(Outcome outcome) {
        assertThat(comesBack(Samples.sent(outcome), SentJson::write, SentJson::read)
                        .outcome())
                .contains(outcome);
    }

    @Test
    void sentValuesThatWereErased() {
        assertThat(comesBack(Samples.erased(), SentJson::write, SentJson::read).erased())
                .contains(Samples.NOON);
    }

    static List<Value> values() {
        return List.of(
                Value.ofNull(),
                new Value.Bool(true),
                new Value.Int(Long.MIN_VALUE),
                new Value.Decimal(new BigDecimal("12345678901234567890.123456789")),
                new Value.Decimal(new BigDecimal("1E+30")),
                new Value.Decimal(new BigDecimal("5")),
                new Value.Real(0.1),
                new Value.Real(1e-9),
                new Value.Real(1e22),
                new Value.Real(Double.NaN),
                new Value.Text("5"),
                new Value.Text("ünï ✓ \"quoted\"\n"),
                new Value.ZonedTimestamp(Instant.parse("2026-01-02T03:04:05Z")));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valuesKeepTheirTextAndWhetherTheyAreText(Value value) {
        Value back = comesBack(value, ValueJson::write, ValueJson::read);
        assertThat(back.text()).isEqualTo(value.text());
        assertThat(back.isNull()).isEqualTo(value.isNull());
    }

    static List<CaravanException> failures() {
        Problem placed = Problem.at(Code.MODEL_COLUMN_UNKNOWN, new Place("mappings/a:b.yaml", 3, 14), "no column", "x")
                .withExcerpt("  X: {column: y}");
        return List.of(
                new InvalidInput(
                        List.of(placed, Problem.at(Code.YAML_SYNTAX, Place.ofFile("caravan.yaml"), "cut off", ""))),
                new EnvironmentFailure(Problem.of(Code.DESTINATION_UNREACHABLE, "no route", "check")),
                new RunFailure(Problem.of(Code.RUN_ACCOUNTING, "does not balance", "report")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failuresKeepKindAndProblems(CaravanException failure) {
        CaravanException back = comesBack(failure, ProblemJson::write, ProblemJson::read);
        assertThat(back).hasSameClassAs(failure);
        assertThat(back.problems()).isEqualTo(failure.problems());
    }
}
