package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.plan.PlanSummary;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.scenario.TestBed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Users, one request each, of whom those that leave are put away. */
class IntercomScenarioTest extends DeclaredScenario {

    @Override
    String vendor() {
        return "intercom";
    }

    @Override
    String connection(String address) {
        return """
                api_base: %s
                access_token: "{{file:secrets/token}}"
                """.formatted(address);
    }

    @Override
    Map<String, String> secrets() {
        return Map.of("token", "caravan-demo-intercom-token");
    }

    @Override
    boolean inOneTime() {
        return true;
    }

    @Override
    Set<String> writes() {
        return Set.of("intercom.create", "intercom.update", "intercom.archive");
    }

    /** One whose creation was lost is found later, and nobody knows by whom it was made: removals are of adopted users. */
    @Override
    String mapping() {
        return """
                destination:
                  connection: there
                  object: contacts
                  operation: upsert
                  key: {external_id: id}
                  on_removed: archive
                  adopted: true
                fields:
                  email: email
                  name: name
                """;
    }

    @Test
    void aSampledRemovalIsNamedAsTheMappingNamesIt() {
        try (TestBed bed = bed()) {
            bed.write("data/rows.csv", "id,email,name\n1,a@example.com,Ada\n2,b@example.com,Bo\n");
            bed.settle();
            bed.write("data/rows.csv", "id,email,name\n1,a@example.com,Ada\n");
            PlanSummary plan = bed.settle().summary().orElseThrow();
            assertThat(plan.removal()).isEqualTo("archive");
            assertThat(plan.samples())
                    .singleElement()
                    .satisfies(gone -> assertThat(plan.action(gone)).contains("archive"));
        }
    }

    @Override
    String nameField() {
        return "name";
    }

    @Override
    List<Held> held(Sandbox sandbox) {
        assertThat(sandbox.requests()).as("the limit is kept").noneMatch(request -> request.status() == 429);
        List<Held> held = new ArrayList<>();
        for (JsonNode contact : sandbox.vendor("intercom").records("contacts")) {
            held.add(new Held(
                    contact.path("external_id").asText(), contact.path("name").asText()));
        }
        return held;
    }
}
