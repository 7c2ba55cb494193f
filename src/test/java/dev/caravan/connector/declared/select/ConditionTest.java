package dev.caravan.connector.declared.select;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConditionTest {

    private static final Subject ANSWER = new Subject(
            207,
            Map.of("content-type", List.of("Application/JSON; charset=utf-8"), "x-limit", List.of("daily", "burst")),
            Found.root(SelectorTest.json("{'code': 4, 'ok': true, 'errors': [{'c': 'A'}, {'c': 'B'}], 'none': null}")),
            Map.of());

    private static Condition at(String selector, Check check) {
        return new Condition.At(SelectorTest.selector(selector), check);
    }

    private static boolean holds(Condition condition) {
        boolean holds = condition.holds(ANSWER);
        assertThat(new Condition.Not(condition).holds(ANSWER)).isNotEqualTo(holds);
        return holds;
    }

    @Test
    void asksTheAnswer() {
        assertThat(holds(new Condition.Status(Set.of(200), Set.of(2)))).isTrue();
        assertThat(holds(new Condition.Status(Set.of(200), Set.of()))).isFalse();
        assertThat(holds(new Condition.ContentType(Set.of("application/json")))).isTrue();
        assertThat(holds(new Condition.Header("x-limit", new Check.Is(Set.of("burst")))))
                .isTrue();
        assertThat(holds(new Condition.Header("x-other", new Check.Absent(true))))
                .isTrue();
    }

    @Test
    void comparesByText() {
        assertThat(holds(at("$.code", new Check.Is(Set.of("4"))))).isTrue();
        assertThat(holds(at("$.ok", new Check.Is(Set.of("true"))))).isTrue();
        assertThat(holds(at("$.errors[*].c", new Check.Is(Set.of("B", "C"))))).isTrue();
        assertThat(holds(at("$.code", new Check.Is(Set.of("40"))))).isFalse();
    }

    @Test
    void nothingAndNullAreAbsent() {
        assertThat(holds(at("$.none", new Check.Absent(true)))).isTrue();
        assertThat(holds(at("$.errors[0]", new Check.Absent(true)))).isFalse();
        Subject empty = new Subject(200, Map.of(), Found.root(MissingNode.getInstance()), Map.of());
        assertThat(at("$", new Check.Absent(true)).holds(empty)).isTrue();
        assertThat(empty.contentType()).isEmpty();
    }

    /** Nothing is said of a list that is not there. */
    @Test
    void eachOfAList() {
        assertThat(each("{'in': [{'id': 1}, {'id': 2}]}")).isTrue();
        assertThat(each("{'in': []}")).isTrue();
        assertThat(each("{'in': [{'id': 1}, {'id': null}]}")).isFalse();
        assertThat(each("{'in': [{'id': 1}, null]}")).isFalse();
        assertThat(each("{'in': null}")).isFalse();
        assertThat(each("{'in': 'some'}")).isFalse();
        assertThat(each("{}")).isFalse();
    }

    private static boolean each(String json) {
        Condition told = new Condition.Each(SelectorTest.selector("$.in[*]"), at("$.id", new Check.Absent(false)));
        return told.holds(Subject.of(SelectorTest.json(json), Map.of()));
    }

    @Test
    void severalTogether() {
        Condition yes = new Condition.Status(Set.of(207), Set.of());
        Condition no = new Condition.Status(Set.of(200), Set.of());
        assertThat(holds(new Condition.All(List.of(yes, no)))).isFalse();
        assertThat(holds(new Condition.Any(List.of(yes, no)))).isTrue();
        assertThat(holds(new Condition.All(List.of()))).isTrue();
        assertThat(holds(new Condition.Any(List.of()))).isFalse();
    }

    @Test
    void noPatternTakesLongOverAnAnswer() {
        Condition condition = at("$", new Check.Matches(Pattern.compile("(a+)+$")));
        Subject far = Subject.of(SelectorTest.json("'" + "a".repeat(100_000) + "!'"), Map.of());
        assertThat(condition.holds(far)).isFalse();
    }
}
