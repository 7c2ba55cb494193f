package dev.caravan.scenario.declared;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.scenario.TestBed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Users who are there are changed by their aliases. Of who is not there nothing is accepted, though Braze counts it. */
class BrazeUpdatesScenarioTest extends HonestScenario {

    @Override
    String vendor() {
        return "braze";
    }

    @Override
    String connection(String address) {
        return """
                api_base: %s
                api_key: "{{file:secrets/key}}"
                workspace: sandbox
                """.formatted(address);
    }

    @Override
    Map<String, String> secrets() {
        return Map.of("key", "caravan-demo-braze-key");
    }

    @Override
    Set<String> writes() {
        return Set.of("braze.track");
    }

    @Override
    String mapping() {
        return """
                destination: {connection: there, object: users_by_alias_crm, operation: update, key: {alias_name: id}}
                fields:
                  first_name: name
                """;
    }

    @Override
    boolean takesAway() {
        return false;
    }

    /** All have good addresses, those who are nobody too. */
    @Override
    Row row(int number, String name) {
        return new Row("%03d".formatted(number), "p" + number + "@example.com", name + " " + number);
    }

    /** Whether a user of this number was there from the beginning. */
    @Override
    boolean taken(Row row) {
        return Integer.parseInt(row.id()) % 13 != 0;
    }

    @Override
    void prepare(TestBed bed) {
        for (int number = 1; number <= rows() + 1; number++) {
            Row row = row(number, "");
            if (taken(row)) {
                post(bed, "/users/track", "Bearer caravan-demo-braze-key", "{\"attributes\":[{" + who(row) + "}]}");
            }
        }
    }

    String who(Row row) {
        return "\"user_alias\":{\"alias_name\":\"%s\",\"alias_label\":\"crm\"},\"_update_existing_only\":false"
                .formatted(row.id());
    }

    String idOf(JsonNode user) {
        return user.at("/user_aliases/0/alias_name").asText();
    }

    @Override
    String nameField() {
        return "first_name";
    }

    /** Those who have got a name. */
    @Override
    List<Held> held(Sandbox sandbox) {
        List<Held> held = new ArrayList<>();
        for (JsonNode user : sandbox.vendor("braze").records("users")) {
            if (user.hasNonNull("first_name")) {
                held.add(new Held(idOf(user), user.path("first_name").asText()));
            }
        }
        return held;
    }
}
