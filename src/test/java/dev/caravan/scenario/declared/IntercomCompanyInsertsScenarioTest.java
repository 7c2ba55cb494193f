package dev.caravan.scenario.declared;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.scenario.TestBed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Companies that are only made: those that are there stay as they are, and one whose answer was lost is found to be ours. */
class IntercomCompanyInsertsScenarioTest extends HonestScenario {

    private static final String TOKEN = "caravan-demo-intercom-token";

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

    @Override
    boolean inOneTime() {
        return true;
    }

    @Override
    Set<String> writes() {
        return Set.of("intercom.companies.upsert");
    }

    @Override
    String mapping() {
        return """
                destination: {connection: there, object: companies, operation: insert, key: {company_id: id}}
                fields:
                  name: name
                """;
    }

    @Override
    boolean takesAway() {
        return false;
    }

    /** Later changes of a row are not sent. */
    @Override
    Row row(int number, String name) {
        return new Row("%03d".formatted(number), "", (number > rows() ? "Cy " : "Ann ") + number);
    }

    /** Every thirteenth was there before. */
    @Override
    boolean taken(Row row) {
        return Integer.parseInt(row.id()) % 13 != 0;
    }

    @Override
    void prepare(TestBed bed) {
        for (int number = 13; number <= rows(); number += 13) {
            String company = "{\"company_id\":\"%03d\",\"name\":\"theirs\"}".formatted(number);
            post(bed, "/companies", "Bearer " + TOKEN, company);
        }
    }

    @Override
    String nameField() {
        return "name";
    }

    /** Those that are not theirs. */
    @Override
    List<Held> held(Sandbox sandbox) {
        List<Held> held = new ArrayList<>();
        for (JsonNode company : sandbox.vendor("intercom").records("companies")) {
            Held one = new Held(
                    company.path("company_id").asText(), company.path("name").asText());
            if (!one.name().equals("theirs")) {
                held.add(one);
            }
        }
        return held;
    }
}
