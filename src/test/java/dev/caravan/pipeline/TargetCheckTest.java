package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.declared.Bed;
import dev.caravan.connector.declared.DeclaredDestination;
import dev.caravan.connector.salesforce.SalesforceDestination;
import dev.caravan.connector.salesforce.SalesforceLimits;
import dev.caravan.contract.Contract;
import dev.caravan.destination.Action;
import dev.caravan.destination.Destination;
import dev.caravan.guard.Guardrails;
import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.FieldSet;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.Target.Operation;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.mapping.TargetKey;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.model.Column;
import dev.caravan.model.FileFormat;
import dev.caravan.model.Model;
import dev.caravan.model.ModelSchema;
import dev.caravan.model.Reading;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A mapping that cannot create a record is refused before anything is sent. */
class TargetCheckTest {

    private static final Place DESTINATION = new Place("mappings/tiers.yaml", 6, 3);
    private static final Place FIELD = new Place("mappings/tiers.yaml", 8, 3);
    private static final TargetSchema ACCOUNT =
            new TargetSchema("Account", List.of(field("No__c", false), field("Name", true), field("Tier__c", false)));

    @Test
    void whatANewRecordNeedsHasToBeFilled() {
        assertThat(problems(Operation.UPSERT, "Tier__c", new FieldSource.Column("tier")))
                .containsExactly(
                        "mappings/tiers.yaml:6:3 Account.Name is needed to create a record, and nothing fills it;"
                                + " map Name, or use operation: update, which creates none [target.required_field]");
        assertThat(problems(Operation.INSERT, "Tier__c", new FieldSource.Column("tier")))
                .hasSize(1);
        assertThat(problems(Operation.INSERT, "Name", new FieldSource.Constant(Value.ofNull())))
                .hasSize(1);
    }

    @Test
    void whatTheDestinationCannotDoIsRefusedBeforeAPlan() {
        for (Operation operation : List.of(Operation.ADD, Operation.REMOVE, Operation.APPEND)) {
            assertThat(problems(operation, "Name", new FieldSource.Column("tier")))
                    .containsExactly("mappings/tiers.yaml:6:3 'operation: "
                            + operation.name().toLowerCase(Locale.ROOT)
                            + "' is not possible with Account of crm; use operation: upsert, update, insert, mirror"
                            + " [target.operation]");
        }
        assertThat(problems(Operation.MIRROR, "Name", new FieldSource.Column("tier")))
                .isEmpty();
    }

    @Test
    void anUpdateCreatesNothing() {
        assertThat(problems(Operation.UPDATE, "Tier__c", new FieldSource.Column("tier")))
                .isEmpty();
        assertThat(problems(Operation.UPSERT, "Name", new FieldSource.Column("tier")))
                .isEmpty();
    }

    @Test
    void whatWouldBeThereTwiceIsNotSentAgain() {
        for (String safe : List.of("A", "C")) {
            assertThat(resent(safe, Optional.of(Duration.ofDays(30)))).isEmpty();
        }
        assertThat(resent("E", Optional.empty())).isEmpty();
        for (String unsafe : List.of("E", "{unique_key: E, otherwise: A}")) {
            assertThat(resent(unsafe, Optional.of(Duration.ofDays(30))))
                    .containsExactly("mappings/tiers.yaml:6:3 'resend_every' is not possible with operation: upsert of"
                            + " people: a row that is sent again could be there twice; take the line away"
                            + " [target.operation]");
        }
    }

    @Test
    void aKeyOfSeveralFieldsIsOneThatTheObjectHas() {
        TargetKey pair = new TargetKey(List.of("Tier__c", "No__c"));
        assertThat(said(ACCOUNT, pair))
                .isEqualTo("Account.Tier__c+No__c are no key together; the object has no key of several fields:"
                        + " name one that identifies records, such as Name, No__c, Tier__c [target.key]");
        TargetSchema keyed =
                new TargetSchema("Account", ACCOUNT.fields(), List.of(Set.of("No__c", "Name")), Optional.empty());
        assertThat(said(keyed, pair))
                .isEqualTo("Account.Tier__c+No__c are no key together; name the fields of one of its keys:"
                        + " Name + No__c [target.key]");
        assertThat(said(keyed, new TargetKey(List.of("Name", "No__c")))).isEmpty();
        assertThat(said(TargetSchema.keyedFreely("f.csv", List.of(), Kind.TEXT), pair))
                .isEmpty();
    }

    private static String said(TargetSchema schema, TargetKey key) {
        return KeyChecks.refusal(schema, key)
                .map(problem -> problem.oneLine().replaceFirst("^\\S+ ", ""))
                .orElse("");
    }

    /** The problems of an upsert by a connector of this class. */
    private static List<String> resent(String idempotency, Optional<Duration> every) {
        DeclaredDestination people = Bed.sample("""
                objects:
                  - names: [people]
                    fields: [{name: no, key: true}, {name: tier}]
                    operations:
                      upsert:
                        class: CLASS
                        batch: {rows: 10}
                        request: {post: /people, body: {all: {each: rows, item: {k: "{{ row.key }}", t: "{{ row.trace }}"}}}}
                        answers: [{join: trace_id, ok: {rows: "$.ok[*]", match: $.t}}]
                """.replace("CLASS", idempotency));
        TargetSchema schema =
                Bed.batch(people, Action.UPSERT, "people", "no", List.of()).schema();
        Target target = new Target(
                "crm",
                "people",
                Operation.UPSERT,
                TargetKey.of("no"),
                new FieldSource.Column("no"),
                Target.OnRemoved.NOTHING,
                Target.OnUnknown.HOLD,
                Target.OnRekeyed.HOLD,
                every,
                false,
                Target.Strategy.AUTO,
                DESTINATION,
                DESTINATION);
        return problems(people, schema, target, rule("tier", new FieldSource.Column("tier")));
    }

    private static FieldRule rule(String field, FieldSource source) {
        return new FieldRule(field, source, Optional.empty(), true, FieldRule.WhenEmpty.CLEAR, false, FIELD);
    }

    private static TargetField field(String name, boolean required) {
        return new TargetField(name, Kind.TEXT, 40, 0, 0, true, true, !required, required, true, true, true, List.of());
    }

    private static List<String> problems(Operation operation, String field, FieldSource source) {
        Target target = new Target(
                "crm",
                "Account",
                operation,
                TargetKey.of("No__c"),
                new FieldSource.Column("no"),
                Target.OnRemoved.NOTHING,
                Target.OnUnknown.HOLD,
                false,
                Target.Strategy.AUTO,
                DESTINATION,
                DESTINATION);
        return problems(
                new SalesforceDestination("60.0", "test", SalesforceLimits.DEFAULT),
                ACCOUNT,
                target,
                rule(field, source));
    }

    private static List<String> problems(Destination destination, TargetSchema schema, Target target, FieldRule rule) {
        Mapping mapping = new Mapping(
                new MappingId("tiers"),
                "",
                "",
                new Model(
                        "files",
                        new Reading.File("tiers.csv", FileFormat.CSV),
                        List.of("no"),
                        Map.of(),
                        Optional.empty(),
                        FIELD),
                Optional.empty(),
                Contract.NONE,
                target,
                new FieldSet(List.of(rule), "", "v"),
                Guardrails.DEFAULT,
                FIELD);
        try {
            List<Column> columns = List.of(new Column("no", ValueType.TEXT), new Column("tier", ValueType.TEXT));
            new TargetCheck(mapping).fits(destination, schema, new ModelSchema(columns));
            return List.of();
        } catch (InvalidInput refused) {
            return refused.problems().stream().map(Problem::oneLine).toList();
        }
    }
}
