package dev.caravan.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {

    private final Problem problem = Problem.at(
            Code.MODEL_COLUMN_UNKNOWN, new Place("mappings/a.yaml", 3, 7), "no column scor", "did you mean score?");

    @Test
    void oneLineSaysWhereWhatAndWhatToDo() {
        assertThat(problem.oneLine())
                .isEqualTo("mappings/a.yaml:3:7 no column scor; did you mean score? [model.unknown_column]");
        assertThat(problem.withExcerpt("scor: x").oneLine()).isEqualTo(problem.oneLine());
        assertThat(Problem.of(Code.USAGE, "no command", "").oneLine()).isEqualTo("no command [usage]");
    }

    @Test
    void placesSortAsAReaderMeetsThem() {
        Place whole = Place.ofFile("b.yaml");
        Place first = new Place("b.yaml", 2, 9);
        Place second = new Place("b.yaml", 10, 1);
        Place third = new Place("b.yaml", 10, 2);
        Place other = new Place("a.yaml", 99, 1);
        assertThat(List.of(third, second, whole, other, first).stream().sorted())
                .containsExactly(other, whole, first, second, third);
        assertThat(whole).hasToString("b.yaml");
    }

    @Test
    void codesAreDottedAndNoneIsUsedTwice() {
        assertThat(Arrays.stream(Code.values()).map(Code::text))
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("usage|[a-z]+\\.[a-z_]+"), "area.word");
    }

    @Test
    void anExceptionSaysEveryProblem() {
        CaravanException two =
                new CaravanException.InvalidInput(List.of(problem, Problem.of(Code.USAGE, "no command", "")));
        assertThat(two.problems()).hasSize(2).first().isSameAs(problem);
        assertThat(two).hasMessageContaining("scor").hasMessageEndingWith("\nno command [usage]");
    }
}
