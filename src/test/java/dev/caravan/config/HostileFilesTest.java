package dev.caravan.config;

import static dev.caravan.config.TestWorkspace.MAPPING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileFilesTest {

    @TempDir
    private Path root;

    @Test
    void deepNestingIsRefusedBeforeItIsBuilt() {
        assertThat(problem("[".repeat(100_000))).isEqualTo(MAPPING + ":1:41 yaml.too_large");
    }

    @Test
    void manyAliasesAreRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i <= 9; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        assertThat(problem(bomb.toString())).endsWith("yaml.too_large");
    }

    @Test
    void anAliasInsideItselfIsRefused() {
        TestWorkspace workspace = TestWorkspace.copyTo(root).write(MAPPING, "description: &a [*a]\n");
        assertThat(TestWorkspace.brief(workspace.load().problems())).contains(MAPPING + ":1:14 yaml.unsupported");
    }

    @Test
    void aSecondDocumentIsRefused() {
        assertThat(problem("a: 1\n---\nb: 2\n")).isEqualTo(MAPPING + ":2:1 yaml.too_large");
    }

    @Test
    void anEmptyFileIsAProblem() {
        assertThat(problem("# nothing\n")).isEqualTo(MAPPING + ":1:1 yaml.wrong_type");
    }

    @Test
    void aTabIndentIsOneProblem() {
        assertThat(problem("model:\n\tsql: x\n")).isEqualTo(MAPPING + ":2:1 yaml.syntax");
    }

    @Test
    void bytesThatAreNoTextAreOneProblem() throws IOException {
        TestWorkspace workspace = TestWorkspace.copyTo(root);
        Files.write(root.resolve(MAPPING), new byte[] {'a', (byte) 0xFF, (byte) 0xFE});
        assertThat(TestWorkspace.brief(workspace.load().problems())).containsExactly(MAPPING + " yaml.syntax");
    }

    @Test
    void aNulInATextIsAProblemWhereverItStands() {
        TestWorkspace workspace = TestWorkspace.copyTo(root);
        workspace.write(
                "caravan.yaml",
                workspace
                        .text("caravan.yaml")
                        .replace("connections:\n", "connections:\n  lake: {connector: duckdb, path: \"a\\0b\"}\n"));

        assertThat(TestWorkspace.brief(workspace.load().problems()))
                .anyMatch(problem -> problem.startsWith("caravan.yaml:") && problem.endsWith("yaml.syntax"));
    }

    @Test
    void aByteOrderMarkIsPassedOver() {
        TestWorkspace workspace = TestWorkspace.copyTo(root);
        workspace.write(MAPPING, "\uFEFF" + workspace.text(MAPPING));
        assertThat(workspace.load().problems()).isEmpty();
    }

    @Test
    void whateverIsDoneToAFileLoadingAnswersWithPlaces() {
        long seed = 20_261_122L;
        System.out.println("HostileFilesTest seed " + seed);
        Random random = new Random(seed);
        TestWorkspace workspace = TestWorkspace.copyTo(root);
        String good = workspace.text(MAPPING);
        String junk = " \n\t:-{}[]&*!|>'\"%@`#,?~\\é\u0000";
        for (int i = 0; i < 120; i++) {
            StringBuilder text = new StringBuilder(good);
            for (int n = random.nextInt(1, 4); n > 0; n--) {
                int at = random.nextInt(text.length());
                text.replace(
                        at,
                        Math.min(text.length(), at + random.nextInt(3)),
                        String.valueOf(junk.charAt(random.nextInt(junk.length()))));
            }
            LoadResult result = workspace.write(MAPPING, text.toString()).load();
            assertThat(result.problems()).allMatch(HostileFilesTest::placed);
            assertThat(result.loaded().isEmpty()).isEqualTo(!result.problems().isEmpty());
        }
    }

    private static boolean placed(Problem problem) {
        return problem.place() != null && problem.place().file().equals(MAPPING);
    }

    private String problem(String text) {
        TestWorkspace workspace = TestWorkspace.copyTo(root).write(MAPPING, text);
        assertThat(workspace.load().problems()).hasSize(1);
        return TestWorkspace.brief(workspace.load().problems()).getFirst();
    }
}
