package dev.caravan.scenario.declared;

import com.fasterxml.jackson.databind.JsonNode;

/** The same by e-mail addresses, each of which is looked for first. */
class BrazeUpdatesByEmailScenarioTest extends BrazeUpdatesScenarioTest {

    @Override
    String mapping() {
        return """
                destination: {connection: there, object: users_by_email, operation: update, key: {email: email}}
                fields:
                  first_name: name
                """;
    }

    @Override
    String who(Row row) {
        return "\"email\":\"%s\"".formatted(row.email());
    }

    @Override
    String idOf(JsonNode user) {
        int number = Integer.parseInt(user.path("email").asText().replaceAll("\\D", ""));
        return row(number, "").id();
    }
}
