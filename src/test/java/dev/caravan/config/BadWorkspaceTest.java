package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.config.settings.Environment;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BadWorkspaceTest {

    private static final Path ROOT = Path.of("src/test/resources/workspaces/bad");

    private final LoadResult result = new Workspace(
                    ROOT, Environment.PROCESS, () -> TestWorkspace.NOW, config -> new CsvHeaders(ROOT.resolve("data")))
            .load();

    @Test
    void thirtyMistakesAreThirtyProblems() {
        assertThat(result.problems().stream()
                        .map(p -> p.place() + " " + p.code().text()))
                .hasSize(30)
                .containsExactly(
                        "caravan.yaml:7:20 secret.literal",
                        "caravan.yaml:8:14 yaml.unknown_key",
                        "caravan.yaml:8:57 yaml.bad_value",
                        "caravan.yaml:10:16 yaml.bad_value",
                        "caravan.yaml:13:1 yaml.duplicate_key",
                        "caravan.yaml:15:12 yaml.wrong_type",
                        "mappings/growth/lead-grades.yaml:2:18 schedule.cron",
                        "mappings/growth/lead-grades.yaml:2:37 schedule.zone",
                        "mappings/growth/lead-grades.yaml:3:57 yaml.bad_value",
                        "mappings/growth/lead-grades.yaml:6:31 expression.syntax",
                        "mappings/growth/lead-scores.yaml:6:19 schedule.duration",
                        "mappings/growth/lead-scores.yaml:9:26 model.unknown_column",
                        "mappings/growth/lead-scores.yaml:10:16 contract.check",
                        "mappings/growth/lead-scores.yaml:17:37 expression.type",
                        "mappings/growth/lead-scores.yaml:18:49 model.unknown_column",
                        "mappings/growth/lead-scores.yaml:19:3 mapping.field_owned_twice",
                        "mappings/growth/lead-scores.yaml:22:3 guard.unknown_field",
                        "mappings/growth/lead-scores.yaml:23:14 guard.field_type",
                        "mappings/people.yaml:1:8 model.unknown",
                        "mappings/people.yaml:2:14 yaml.missing_key",
                        "mappings/staff.yaml:1:28 connection.wrong_kind",
                        "mappings/torn.yaml:3:7 yaml.syntax",
                        "models/lost.yaml:1:13 connection.unknown",
                        "models/people.yaml:3:6 model.unknown_column",
                        "models/people.yaml:5:9 yaml.bad_value",
                        "models/people.yaml:6:35 model.unknown_zone",
                        "sandbox.yaml:1:15 yaml.bad_value",
                        "sandbox.yaml:5:7 yaml.bad_value",
                        "sandbox.yaml:6:24 yaml.bad_value",
                        "sandbox.yaml:7:33 yaml.bad_value");
    }

    @Test
    void everyProblemShowsItsLineAndSaysWhatToDo() {
        assertThat(result.problems()).allSatisfy(problem -> {
            assertThat(problem.excerpt()).isNotBlank();
            assertThat(problem.suggestion()).isNotBlank();
        });
    }

    @Test
    void noProblemTellsTheSecret() {
        String text = new ProblemPrinter(false).text(result.problems());
        assertThat(text + ProblemPrinter.json(result.problems())).doesNotContain("5hx");
    }
}
