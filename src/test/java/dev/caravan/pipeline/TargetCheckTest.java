package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.salesforce.SalesforceDestination;
import dev.caravan.connector.salesforce.SalesforceLimits;
import dev.caravan.contract.Contract;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

    private static TargetField field(String name, boolean required) {
        return new TargetField(name, Kind.TEXT, 40, 0, 0, true, true, !required, required, true, true, true, List.of());
    }

    private static List<String> problems(Operation operation, String field, FieldSource source) {
        FieldRule rule = new FieldRule(field, source, Optional.empty(), true, FieldRule.WhenEmpty.CLEAR, false, FIELD);
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
                new Target(
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
                        DESTINATION),
                new FieldSet(List.of(rule), "", "v"),
                Guardrails.DEFAULT,
                FIELD);
        try {
            SalesforceDestination salesforce = new SalesforceDestination("60.0", "test", SalesforceLimits.DEFAULT);
            List<Column> columns = List.of(new Column("no", ValueType.TEXT), new Column("tier", ValueType.TEXT));
            new TargetCheck(mapping).fits(salesforce, ACCOUNT, new ModelSchema(columns));
            return List.of();
        } catch (InvalidInput refused) {
            return refused.problems().stream().map(Problem::oneLine).toList();
        }
    }
}
