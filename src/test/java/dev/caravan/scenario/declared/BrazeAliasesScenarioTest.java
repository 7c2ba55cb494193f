package dev.caravan.scenario.declared;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;

/** Users by their aliases. Somebody else's, of another label, are none of ours. */
class BrazeAliasesScenarioTest extends BrazeScenarioTest {

    @Override
    String mapping() {
        return """
                destination:
                  connection: there
                  object: users_by_alias_crm
                  operation: upsert
                  key: {alias_name: id}
                  on_removed: delete
                  adopted: true
                fields:
                  email: email
                  first_name: name
                """;
    }

    @Override
    List<Held> held(Sandbox sandbox) {
        List<Held> held = new ArrayList<>();
        for (JsonNode user : sandbox.vendor("braze").records("users")) {
            held.add(new Held(
                    user.at("/user_aliases/0/alias_name").asText(),
                    user.path("first_name").asText()));
        }
        return held;
    }
}
