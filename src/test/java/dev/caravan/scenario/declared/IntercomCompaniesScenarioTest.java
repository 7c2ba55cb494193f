package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Companies, which keep their ids and are upserted by them. */
class IntercomCompaniesScenarioTest extends DeclaredScenario {

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
        return Set.of("intercom.companies.upsert", "intercom.companies.delete");
    }

    /** Nothing tells whether a company is new: removals are of adopted ones. */
    @Override
    String mapping() {
        return """
                destination:
                  connection: there
                  object: companies
                  operation: upsert
                  key: {company_id: id}
                  on_removed: delete
                  adopted: true
                fields:
                  name: name
                """;
    }

    /** None has an address that could be wrong. */
    @Override
    boolean taken(Row row) {
        return true;
    }

    @Override
    Optional<String> staysFor() {
        return Optional.of("rekeyed");
    }

    @Override
    String nameField() {
        return "name";
    }

    @Override
    List<Held> held(Sandbox sandbox) {
        assertThat(sandbox.requests()).as("the limit is kept").noneMatch(request -> request.status() == 429);
        List<Held> held = new ArrayList<>();
        for (JsonNode company : sandbox.vendor("intercom").records("companies")) {
            String id = company.path("company_id").asText();
            held.add(new Held(id, company.path("name").asText()));
        }
        return held;
    }
}
