package dev.caravan.connector.salesforce;

import static dev.caravan.connector.salesforce.Sample.SALESFORCE;
import static dev.caravan.connector.salesforce.Sample.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Described;
import dev.caravan.destination.Outcome;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.spec.FieldKind;
import dev.caravan.sandbox.spec.FieldSpec;
import dev.caravan.sandbox.spec.ObjectSpec;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Record types by the name that they have in every org; their ids they have in one alone. */
class RecordTypesTest {

    private static final String TYPE = "RecordType.DeveloperName";

    private static Sandbox org(String... types) throws Exception {
        FieldSpec key = FieldSpec.builder("Ext__c", FieldKind.TEXT)
                .length(20)
                .externalId(true)
                .unique(true)
                .build();
        return Sandbox.start(
                SandboxSpec.defaults()
                        .withObjects(ObjectSpec.of("Account", key).withRecordTypes(types), ObjectSpec.of("Lead", key)),
                0);
    }

    private static TargetSchema described(OverHttp http, String object) {
        return ((Described.Schema) http.run(SALESFORCE.describe(object, Set.of(TYPE)))).schema();
    }

    private static Map<String, Value> fields(String type) {
        return Map.of("Name", new Value.Text("Acme"), TYPE, new Value.Text(type));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSameNameIsAnotherIdInAnotherOrg(boolean job) throws Exception {
        assertThat(idOfPartner(job, "Customer", "Partner")).isNotEqualTo(idOfPartner(job, "Partner", "Customer"));
    }

    private static String idOfPartner(boolean job, String... types) throws Exception {
        try (Sandbox sandbox = org(types);
                OverHttp http = new OverHttp(sandbox)) {
            TargetSchema schema = described(http, "Account");
            List<Outcome> outcomes = http.run(SALESFORCE.deliver(new Batch(
                    Action.UPSERT,
                    job,
                    "Account",
                    "Ext__c",
                    schema,
                    List.of(
                            write(0, "a", null, fields("partner")),
                            write(1, "b", null, fields("Customer")),
                            write(2, "c", null, fields("Franchise"))))));

            assertThat(outcomes.subList(0, 2)).hasOnlyElementsOfType(Outcome.Accepted.class);
            assertThat(outcomes.get(2)).isInstanceOfSatisfying(Outcome.Rejected.class, no -> {
                assertThat(no.code()).isEqualTo("caravan.unsendable");
                assertThat(no.field()).isEqualTo(TYPE);
            });
            String partner = typeOf(sandbox, "a");
            assertThat(partner).startsWith("012").isNotEqualTo(typeOf(sandbox, "b"));
            return partner;
        }
    }

    private static String typeOf(Sandbox sandbox, String key) {
        return sandbox.record("Account", "Ext__c", key)
                .orElseThrow()
                .path("RecordTypeId")
                .asText();
    }

    @Test
    void aNameThatTheOrgLacksIsToldBeforeAnythingIsSent() throws Exception {
        try (Sandbox sandbox = org("Customer");
                OverHttp http = new OverHttp(sandbox)) {
            TargetSchema accounts = described(http, "Account");

            assertThat(accounts.field(TYPE)).hasValueSatisfying(type -> {
                assertThat(type.values()).containsExactly("Customer");
                assertThat(SALESFORCE.misfit(type, new Value.Text("customer"))).isEmpty();
                assertThat(SALESFORCE.misfit(type, new Value.Text("Partner"))).hasValue("not_in_list");
                assertThat(SALESFORCE.misfit(type, Value.ofNull())).isEmpty();
            });
            assertThat(described(http, "Lead").field(TYPE))
                    .as("an object without record types")
                    .isEmpty();
        }
    }
}
