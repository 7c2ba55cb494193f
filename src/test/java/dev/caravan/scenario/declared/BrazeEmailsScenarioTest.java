package dev.caravan.scenario.declared;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;

/** Users by their e-mail addresses: who leaves is looked for, one by one, before he is deleted. */
class BrazeEmailsScenarioTest extends BrazeScenarioTest {

    @Override
    String mapping() {
        return """
                destination:
                  connection: there
                  object: users_by_email
                  operation: upsert
                  key: {email: email}
                  on_removed: delete
                  adopted: true
                fields:
                  first_name: name
                """;
    }

    @Override
    List<Held> held(Sandbox sandbox) {
        List<Held> held = new ArrayList<>();
        for (JsonNode user : sandbox.vendor("braze").records("users")) {
            int number = Integer.parseInt(user.path("email").asText().replaceAll("\\D", ""));
            held.add(new Held(row(number, "").id(), user.path("first_name").asText()));
        }
        return held;
    }
}
