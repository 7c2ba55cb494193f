package dev.caravan.scenario.declared;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.normalise.Normalised;
import dev.caravan.normalise.Normalisers;
import dev.caravan.sandbox.Sandbox;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An audience, whose members the sandbox knows by hashes. */
class MetaScenarioTest extends DeclaredScenario {

    @Override
    String vendor() {
        return "meta";
    }

    @Override
    String connection(String address) {
        return """
                api_base: %s
                access_token: "{{file:secrets/token}}"
                account: act_4200001
                """.formatted(address);
    }

    @Override
    Map<String, String> secrets() {
        return Map.of("token", "caravan-demo-meta-token");
    }

    @Override
    Map<String, Object> traps() {
        return Map.of("html_every", 3);
    }

    @Override
    Set<String> writes() {
        return Set.of("meta.members.add", "meta.members.remove");
    }

    @Override
    String mapping() {
        return """
                destination: {connection: there, object: audience_23850000000000001, operation: mirror, key: {EXTERN_ID: id}}
                fields:
                  EMAIL: {column: email, normalise: meta.email | sha256.hex}
                  FN: {column: name, normalise: meta.first_name | sha256.hex}
                """;
    }

    /** Some have no e-mail address at all: what is no address is not hashed. */
    @Override
    Row row(int number, String name) {
        Row row = super.row(number, name);
        return number % 13 == 0 ? new Row(row.id(), "nobody", row.name()) : row;
    }

    @Override
    boolean taken(Row row) {
        return !row.email().equals("nobody");
    }

    /** None: what is sent is a hash. */
    @Override
    String nameField() {
        return "";
    }

    @Override
    Map<String, String> held(Sandbox sandbox) {
        Map<String, String> names = new HashMap<>();
        for (int number = 1; number <= rows() + 1; number++) {
            for (String name : new String[] {"Ann", "Bob", "Cy"}) {
                names.put(hash(name + " " + number), name + " " + number);
            }
        }
        Map<String, String> held = new TreeMap<>();
        for (JsonNode member : sandbox.vendor("meta").records("members")) {
            held.put(
                    member.path("EXTERN_ID").asText(),
                    names.getOrDefault(member.path("FN").asText(), "somebody"));
        }
        return held;
    }

    private static String hash(String name) {
        String plain = ((Normalised.Text)
                        Normalisers.find("meta.first_name").orElseThrow().apply(name))
                .value();
        return ((Normalised.Text) Normalisers.find("sha256.hex").orElseThrow().apply(plain)).value();
    }
}
