package dev.caravan.config.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.mapping.Expression.Result;
import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.FieldRule.WhenEmpty;
import dev.caravan.mapping.FieldSet;
import dev.caravan.mapping.FieldSource;
import dev.caravan.normalise.Compiled;
import dev.caravan.normalise.Normalisers;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Place;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldDefinitionsTest {

    private static final FieldSource KEY = new FieldSource.Column("id");

    private final FieldDefinitions definitions = new FieldDefinitions();

    @Test
    void aDefinitionMakesTheSameFieldsAgain() {
        FieldSet stored = definitions.parse(definitions.of(rules(), KEY).definition());
        assertThat(stored.rules()).extracting(FieldRule::field).containsExactly("A", "B", "C");
        assertThat(stored.version())
                .isEqualTo(definitions.of(rules(), KEY).version())
                .matches("[0-9a-f]{12}");
        assertThat(stored.rule("A")).hasValueSatisfying(rule -> {
            assertThat(rule.round()).contains(2);
            assertThat(rule.triggers()).isFalse();
            assertThat(rule.whenEmpty()).isEqualTo(WhenEmpty.KEEP);
        });
        assertThat(stored.rule("B"))
                .hasValueSatisfying(rule -> assertThat(rule.source())
                        .isEqualTo(new FieldSource.Constant(new Value.Decimal(new BigDecimal("1.5")))));
        FieldSource.Computed computed =
                (FieldSource.Computed) stored.rule("C").orElseThrow().source();
        assertThat(computed.columns()).containsExactly("a");
        assertThat(computed.expression().evaluate(new Row(Map.of("a", new Value.Int(2)))))
                .isEqualTo(new Result.Computed(new Value.Int(3)));
    }

    @Test
    void whatIsNormalisedIsRestoredAndCounts() {
        String plain = definitions
                .of(List.of(filled(new FieldSource.Column("a"))), KEY)
                .version();
        String email = version("email", false, Optional.empty());
        assertThat(List.of(
                        plain,
                        email,
                        version("meta.email", false, Optional.empty()),
                        version("sha256.hex", false, Optional.empty()),
                        version("sha256.hex", true, Optional.empty()),
                        version("meta.phone", false, Optional.empty()),
                        version("meta.phone", false, Optional.of("c"))))
                .doesNotHaveDuplicates();
        assertThat(version(" email ", false, Optional.empty())).isEqualTo(email);
    }

    private String version(String pipe, boolean hashed, Optional<String> country) {
        FieldSource source = new FieldSource.Normalising(
                new FieldSource.Column("a"), ((Compiled.Done) Normalisers.compile(pipe)).normaliser(), hashed, country);
        FieldSet set = definitions.of(List.of(filled(source)), KEY);
        assertThat(definitions.parse(set.definition()).rule("A").orElseThrow().source())
                .isEqualTo(source);
        return set.version();
    }

    private static FieldRule filled(FieldSource source) {
        return rule("A", source, Optional.empty(), true, WhenEmpty.CLEAR);
    }

    @Test
    void orderPlacesAndPrivacyDoNotMakeAnotherVersion() {
        List<FieldRule> other = rules().reversed().stream()
                .map(rule -> new FieldRule(
                        rule.field(),
                        rule.source(),
                        rule.round(),
                        rule.triggers(),
                        rule.whenEmpty(),
                        true,
                        new Place("elsewhere.yaml", 9, 9)))
                .toList();
        assertThat(definitions.of(other, KEY).version())
                .isEqualTo(definitions.of(rules(), KEY).version());
    }

    @Test
    void whatIsWrittenMakesAnotherVersion() {
        String version = definitions.of(rules(), KEY).version();
        assertThat(definitions.of(rules(), new FieldSource.Column("other")).version())
                .isNotEqualTo(version);
        assertThat(definitions.of(rules().subList(0, 2), KEY).version()).isNotEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"fields\":[{\"field\":\"A\",\"cel\":\"row.\"}]}",
                "{\"fields\":[{\"constant\":\"?\"}]}",
                "{\"fields\":[{\"column\":\"a\",\"normalise\":\"none\"}]}"
            })
    void aDamagedDefinitionFailsTheRun(String definition) {
        assertThatThrownBy(() -> definitions.parse(definition)).isInstanceOf(RunFailure.class);
    }

    private static List<FieldRule> rules() {
        return List.of(
                rule("A", new FieldSource.Column("a"), Optional.of(2), false, WhenEmpty.KEEP),
                rule(
                        "B",
                        new FieldSource.Constant(new Value.Decimal(new BigDecimal("1.5"))),
                        Optional.empty(),
                        true,
                        WhenEmpty.CLEAR),
                rule("C", computed("row.a + 1"), Optional.empty(), true, WhenEmpty.CLEAR));
    }

    private static FieldSource computed(String text) {
        return ((Compilation.Done) new Expressions(KnownColumns.NONE).compile(text)).source();
    }

    private static FieldRule rule(
            String field, FieldSource source, Optional<Integer> round, boolean triggers, WhenEmpty whenEmpty) {
        return new FieldRule(field, source, round, triggers, whenEmpty, false, new Place("m.yaml", 1, 1));
    }
}
