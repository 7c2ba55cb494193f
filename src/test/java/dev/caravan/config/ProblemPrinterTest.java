package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemPrinterTest {

    private static final Problem MISSPELT = Problem.at(
                    Code.YAML_UNKNOWN_KEY,
                    new Place("m.yaml", 7, 3),
                    "unknown key 'chek' in 'contract'",
                    "did you mean 'check'?")
            .withExcerpt("  chek: 1");

    @Test
    void aProblemShowsPlaceLineCaretSuggestionAndCode() {
        assertThat(new ProblemPrinter(false).text(List.of(MISSPELT))).isEqualTo("""
                m.yaml:7:3  unknown key 'chek' in 'contract'
                  chek: 1
                  ^
                  did you mean 'check'?  [yaml.unknown_key]
                """);
    }

    @Test
    void colourIsOnlyOnRequest() {
        assertThat(new ProblemPrinter(true).text(List.of(MISSPELT))).contains("\u001B[");
    }

    @Test
    void aLongLineIsCutAroundTheColumn() {
        Problem far = Problem.at(Code.YAML_BAD_VALUE, new Place("m.yaml", 1, 5_001), "bad", "")
                .withExcerpt("x".repeat(5_000) + "Y" + "z".repeat(5_000));
        List<String> lines =
                new ProblemPrinter(false).text(List.of(far)).lines().toList();
        assertThat(lines.get(1).length()).isLessThan(130);
        assertThat(lines.get(1).charAt(lines.get(2).indexOf('^'))).isEqualTo('Y');
    }

    @Test
    void jsonHasTheSameParts() {
        assertThat(ProblemPrinter.json(List.of(MISSPELT, Problem.of(Code.USAGE, "no such command", ""))))
                .hasToString("""
                [{"code":"yaml.unknown_key","file":"m.yaml","line":7,"column":3,\
                "message":"unknown key 'chek' in 'contract'","suggestion":"did you mean 'check'?","excerpt":"  chek: 1"},\
                {"code":"usage","message":"no such command"}]""");
    }
}
