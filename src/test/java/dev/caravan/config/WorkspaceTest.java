package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.config.check.SchemaLookup;
import dev.caravan.config.settings.Connection;
import dev.caravan.config.settings.Environment;
import dev.caravan.config.settings.Limits;
import dev.caravan.contract.Check;
import dev.caravan.mapping.Expression.Result;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.Schedule;
import dev.caravan.mapping.Target;
import dev.caravan.model.Column;
import dev.caravan.model.ModelSchema;
import dev.caravan.model.Reading;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkspaceTest {

    private static final SchemaLookup SCORES = model -> Optional.of(new ModelSchema(List.of(
            new Column("lead_id", ValueType.TEXT),
            new Column("email", ValueType.TEXT),
            new Column("score", ValueType.DECIMAL),
            new Column("grade", ValueType.TEXT),
            new Column("model_version", ValueType.TEXT),
            new Column("scored_at", ValueType.TIMESTAMPTZ))));

    private static final Path ROOT = Path.of("src/test/resources/workspaces/good");

    @Test
    void aSoundWorkspaceBecomesDomainRecords() {
        LoadResult result = workspace(SCORES).load();
        assertThat(result.problems()).isEmpty();
        Mapping mapping =
                result.orThrow().mapping("growth/lead-scores").orElseThrow().mapping();
        assertThat(mapping.id().value()).isEqualTo("growth/lead-scores");
        assertThat(mapping.model().reading()).isEqualTo(new Reading.Sql("select * from lead_scores"));
        assertThat(mapping.schedule()).contains(new Schedule.Every(Duration.ofMinutes(15)));
        assertThat(mapping.contract().checks())
                .extracting(check -> (Object) check.getClass())
                .containsExactly(Check.NotNull.class, Check.Range.class, Check.Sql.class);
        assertThat(mapping.contract().validShare()).isEqualByComparingTo("0.95");
        assertThat(mapping.target().operation()).isEqualTo(Target.Operation.UPSERT);
        assertThat(mapping.target().onRemoved()).isEqualTo(Target.OnRemoved.CLEAR);
        assertThat(mapping.target().keySource()).isEqualTo(new FieldSource.Column("lead_id"));
        assertThat(mapping.fields().rules())
                .extracting(rule -> rule.field())
                .containsExactly("Lead_Score__c", "Rating", "Email", "Company", "Score_Model__c", "Grade__c");
        assertThat(mapping.imageColumns()).containsExactly("lead_id", "score", "grade", "email", "model_version");
        assertThat(mapping.guardrails().maxChanged()).contains(new BigDecimal("0.3"));
        assertThat(mapping.guardrails().fields()).containsOnlyKeys("Lead_Score__c");
    }

    @Test
    void anExpressionComputesTheFieldOfARow() {
        Mapping mapping = workspace(SCORES).load().mappings().getFirst();
        FieldSource.Computed rating = (FieldSource.Computed)
                mapping.fields().rule("Rating").orElseThrow().source();
        assertThat(rating.columns()).containsExactly("grade");
        assertThat(rating.type()).contains(ValueType.TEXT);
        assertThat(rating.expression().evaluate(new Row(Map.of("grade", new Value.Text("A")))))
                .isEqualTo(new Result.Computed(new Value.Text("Hot")));
    }

    @Test
    void withoutASchemaTheSameMappingHasTheSameVersion() {
        LoadResult known = workspace(SCORES).load();
        LoadResult unknown = workspace(SchemaLookup.NONE).load();
        assertThat(unknown.problems()).isEmpty();
        assertThat(unknown.notes()).singleElement().asString().contains("columns not checked");
        assertThat(unknown.mappings().getFirst().fields().version())
                .isEqualTo(known.mappings().getFirst().fields().version());
    }

    @Test
    void aSalesforceConnectionNamesItsSecretsAndKeepsNone() {
        Connection.Salesforce crm = (Connection.Salesforce)
                workspace(SCORES).load().config().connections().find("crm").orElseThrow();
        assertThat(crm.proof().settings().getFirst().resolve()).isEqualTo("value of CLIENT_SECRET");
        assertThat(crm.toString()).contains("{{env:CLIENT_SECRET}}").doesNotContain("value of");
        assertThat(crm.limits().dailyQuotaShare()).isEqualByComparingTo("0.7");
        assertThat(crm.limits().window()).hasValue(new Limits.Window(100, Duration.ofSeconds(10)));
        assertThat(crm.limits().day())
                .hasValue(new Limits.Day(50_000, LocalTime.of(6, 0), Optional.of(ZoneId.of("America/Chicago"))));
        assertThat(crm.zombieWindow()).contains(Duration.ofMinutes(15));
    }

    private Workspace workspace(SchemaLookup schemas) {
        Environment environment =
                name -> Optional.of(name.endsWith("_URL") ? "https://acme.example" : "value of " + name);
        return new Workspace(ROOT, environment, () -> TestWorkspace.NOW, config -> schemas);
    }
}
