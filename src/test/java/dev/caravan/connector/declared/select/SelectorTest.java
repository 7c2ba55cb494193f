package dev.caravan.connector.declared.select;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {

    private static final Map<String, String> VARIABLES = Map.of("key_field", "e.mail", "object", "people");

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static Selector selector(String text) {
        return switch (SelectorParser.parse(text, VARIABLES.keySet())) {
            case Parsed.Good<Selector> good -> good.value();
            case Parsed.Bad<Selector> bad -> throw new AssertionError(text + ": " + bad.message());
        };
    }

    private static List<String> texts(String selector, String json) {
        return selector(selector).texts(Found.root(json(json)), VARIABLES);
    }

    @Test
    void findsWhatIsThere() {
        String answer = "{'a': {'b': [{'c': 1}, {'c': 'two'}, {'d': null}]}, 'x y': true, 'e.mail': 'k'}";
        assertThat(texts("$.a.b[*].c", answer)).containsExactly("1", "two");
        assertThat(texts("$.a.b[1].c", answer)).containsExactly("two");
        assertThat(texts("$['x y']", answer)).containsExactly("true");
        assertThat(texts("$[{key_field}]", answer)).containsExactly("k");
        assertThat(texts("$.a.b[0]", answer)).containsExactly("{\"c\":1}");
        assertThat(texts("$.a.*[0].c", answer)).containsExactly("1");
        assertThat(texts("$.a~", answer)).containsExactly("a");
        assertThat(texts("$.*~", "{'k1': {}, 'k2': null}")).containsExactly("k1", "k2");
        assertThat(texts("$", "'text'")).containsExactly("text");
    }

    @Test
    void findsNothingWhereNothingIs() {
        assertThat(texts("$.a.b.c", "{'a': 4}")).isEmpty();
        assertThat(texts("$.a[0]", "{'a': {'0': 1}}")).isEmpty();
        assertThat(texts("$.a[7]", "{'a': [1]}")).isEmpty();
        assertThat(texts("$.a", "{'a': null}")).isEmpty();
        assertThat(texts("$[*].x", "'text'")).isEmpty();
        assertThat(texts("$[{object}]", "{}")).isEmpty();
    }

    @Test
    void aNameIsKnownOfAnItemToo() {
        Found found = selector("$.errors.*")
                .all(Found.root(json("{'errors': {'k': {'code': 1}}}")), Map.of())
                .getFirst();
        assertThat(selector("$~").texts(found, Map.of())).containsExactly("k");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "",
                "$a",
                "$.",
                "$[",
                "$['a]",
                "$[x]",
                "$[-1]",
                "$..a",
                "$.a~b",
                "$[{row}]",
                "$[99999999]",
                "$[]"
            })
    void refusesWhatItDoesNotKnow(String text) {
        assertThat(SelectorParser.parse(text, Set.of("key_field"))).isInstanceOf(Parsed.Bad.class);
    }
}
