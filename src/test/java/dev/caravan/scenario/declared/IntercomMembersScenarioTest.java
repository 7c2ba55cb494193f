package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.scenario.TestBed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The contacts of a company, known by ids of ours: those who join and leave. */
class IntercomMembersScenarioTest extends HonestScenario {

    private static final String TOKEN = "caravan-demo-intercom-token";
    private static final String MEMBER = "member";

    /** The first company of every sandbox. */
    private static final String COMPANY = "%024x".formatted(0x5f4d_0000_0001L);

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
        return Map.of("token", TOKEN);
    }

    /** Whom the search does not find yet waits for the next run. */
    @Override
    Map<String, Object> traps() {
        return Map.of("search_lag_ms", 500);
    }

    @Override
    boolean inOneTime() {
        return true;
    }

    @Override
    Set<String> writes() {
        return Set.of("intercom.companies.join", "intercom.companies.leave");
    }

    @Override
    String mapping() {
        return """
                destination:
                  connection: there
                  object: company_%s
                  operation: mirror
                  key: {contact_id: {column: id, lookup: {object: contacts, key: external_id}}}
                fields: {}
                """.formatted(COMPANY);
    }

    @Override
    String nameField() {
        return "none";
    }

    /** A membership has no name. */
    @Override
    Row row(int number, String name) {
        return new Row("%03d".formatted(number), "p" + number + "@example.com", MEMBER);
    }

    @Override
    boolean taken(Row row) {
        return true;
    }

    @Override
    void prepare(TestBed bed) {
        JsonNode company = post(bed, "/companies", "Bearer " + TOKEN, "{\"company_id\":\"A\",\"name\":\"Acme\"}");
        assertThat(company.path("id").asText()).isEqualTo(COMPANY);
        for (int number = 1; number <= rows() + 1; number++) {
            String id = row(number, "").id();
            post(bed, "/contacts", "Bearer " + TOKEN, "{\"role\":\"user\",\"external_id\":\"" + id + "\"}");
        }
        bed.pass(BETWEEN_RUNS);
    }

    @Override
    List<Held> held(Sandbox sandbox) {
        List<Held> held = new ArrayList<>();
        for (JsonNode contact : sandbox.vendor("intercom").records("contacts")) {
            for (JsonNode company : contact.at("/companies/data")) {
                assertThat(company.path("id").asText()).isEqualTo(COMPANY);
                held.add(new Held(contact.path("external_id").asText(), MEMBER));
            }
        }
        return held;
    }
}
