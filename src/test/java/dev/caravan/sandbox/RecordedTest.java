package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.salesforce.Edit;
import dev.caravan.sandbox.spec.FieldKind;
import dev.caravan.sandbox.spec.FieldSpec;
import dev.caravan.sandbox.spec.ObjectSpec;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sandbox against exchanges recorded with a real organisation. */
class RecordedTest {

    private static final Path RECORDED =
            Path.of(System.getProperty("caravan.shared", "../shared")).resolve("recorded/salesforce.jsonl");
    private static final Set<String> OBJECTS = Set.of("Account", "Contact", "Lead", "Campaign");
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9]{3}4S[a-zA-Z0-9]{13}");

    // The custom fields that the recorded organisation had, as far as the exchanges write them.
    private static final SandboxSpec SPEC = SandboxSpec.defaults()
            .withObjects(
                    ObjectSpec.of(
                            "Account",
                            FieldSpec.builder("email_field__c", FieldKind.EMAIL)
                                    .label("email_field")
                                    .build(),
                            FieldSpec.builder("Custom_External_ID__c", FieldKind.TEXT)
                                    .label("Custom_External_ID")
                                    .length(100)
                                    .build()),
                    ObjectSpec.of(
                            "Contact",
                            FieldSpec.builder("Custom_External_ID__c", FieldKind.TEXT)
                                    .length(191)
                                    .externalId(true)
                                    .unique(true)
                                    .build(),
                            FieldSpec.builder("email_field__c", FieldKind.EMAIL).build(),
                            FieldSpec.builder("number_field__c", FieldKind.NUMBER)
                                    .build(),
                            FieldSpec.builder("float_field__c", FieldKind.NUMBER)
                                    .label("float_field")
                                    .scale(2)
                                    .build(),
                            FieldSpec.builder("checkbox_field__c", FieldKind.CHECKBOX)
                                    .build(),
                            FieldSpec.builder("picklist_field__c", FieldKind.PICKLIST)
                                    .values(List.of("Red", "Blue", "Green"))
                                    .restricted(true)
                                    .build(),
                            FieldSpec.builder("textarea_field__c", FieldKind.TEXTAREA)
                                    .build(),
                            FieldSpec.builder("currency_field__c", FieldKind.CURRENCY)
                                    .label("currency_field")
                                    .build(),
                            FieldSpec.builder("url_field__c", FieldKind.URL).build(),
                            FieldSpec.builder("phone_field__c", FieldKind.PHONE).build(),
                            FieldSpec.builder("datetime_field__c", FieldKind.DATETIME)
                                    .build()));

    private Sandbox sandbox;
    private Client client;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        sandbox = Sandbox.start(SPEC, 0);
        client = new Client(sandbox).login();
    }

    @AfterEach
    void stop() {
        client.close();
        sandbox.close();
    }

    private static List<JsonNode> recorded() throws IOException {
        assumeTrue(
                Files.exists(RECORDED),
                "SKIPPED: no recorded exchanges at " + RECORDED.toAbsolutePath() + "; set -Dcaravan.shared=FOLDER");
        List<JsonNode> exchanges = new ArrayList<>();
        for (String line : Files.readAllLines(RECORDED)) {
            exchanges.add(Client.json(line));
        }
        return exchanges;
    }

    @Test
    void everyDeclaredFieldIsAsTheRealOneIsDescribed() throws Exception {
        int compared = 0;
        List<String> differences = new ArrayList<>();
        for (JsonNode exchange : recorded()) {
            JsonNode real = exchange.path("response");
            if (!exchange.path("path").asText().endsWith("/describe")
                    || !OBJECTS.contains(real.path("name").asText())) {
                continue;
            }
            JsonNode ours = client.get(
                            Client.API + "/sobjects/" + real.path("name").asText() + "/describe")
                    .json();
            Map<String, JsonNode> realFields = new HashMap<>();
            real.path("fields")
                    .forEach(field -> realFields.put(field.path("name").asText(), field));
            for (JsonNode field : ours.path("fields")) {
                String name = field.path("name").asText();
                JsonNode realField = realFields.remove(name);
                assertThat(realField).as(real.path("name") + "." + name).isNotNull();
                differences.addAll(differences(real.path("name").asText() + "." + name, field, realField, Set.of()));
                compared++;
            }
            assertThat(realFields.keySet()).as("standard fields not declared").allMatch(name -> name.endsWith("__c"));
            differences.addAll(differences(
                    real.path("name").asText(),
                    ours,
                    real,
                    Set.of("fields", "urls", "childRelationships", "recordTypeInfos", "supportedScopes")));
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(200);
    }

    private static List<String> differences(String what, JsonNode ours, JsonNode real, Set<String> except) {
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : ours.properties()) {
            String name = entry.getKey();
            if (!except.contains(name) && !entry.getValue().equals(real.get(name))) {
                differences.add(what + " " + name + ": ours " + entry.getValue() + ", real " + real.get(name));
            }
        }
        return differences;
    }

    @Test
    void recordedCollectionsAreAnsweredTheSameWay() throws Exception {
        int replayed = 0;
        int failures = 0;
        for (JsonNode exchange : recorded()) {
            boolean collection = exchange.path("path").asText().endsWith("/composite/sobjects");
            if (!collection || !concernsOurObjects(exchange.path("request").path("records"))) {
                continue;
            }
            sandbox.reset();
            client.login();
            Map<String, String> ids = prepare(exchange);
            Client.Answer answer = client.exchange(
                    exchange.path("method").asText(),
                    translated(path(exchange), ids),
                    translated(
                            exchange.path("request").isNull()
                                    ? ""
                                    : exchange.path("request").toString(),
                            ids));
            assertThat(answer.status())
                    .as(answer.text())
                    .isEqualTo(exchange.path("status").asInt());
            assertThat(answer.header("Sforce-Limit-Info")).matches("api-usage=\\d+/15000");
            assertThat(answer.header("Content-Type")).isEqualTo("application/json;charset=UTF-8");
            assertThat(shape(answer.text()))
                    .isEqualTo(shape(exchange.path("response").toString()));
            replayed++;
            failures += exchange.path("response").toString().contains("\"success\":false") ? 1 : 0;
        }
        assertThat(replayed).isGreaterThan(60);
        assertThat(failures).isGreaterThanOrEqualTo(7);
    }

    private static boolean concernsOurObjects(JsonNode records) {
        for (JsonNode record : records) {
            if (!OBJECTS.contains(record.path("attributes").path("type").asText())) {
                return false;
            }
        }
        return true;
    }

    private static String path(JsonNode exchange) {
        StringBuilder query = new StringBuilder();
        exchange.path("query")
                .properties()
                .forEach(parameter -> query.append(query.isEmpty() ? '?' : '&')
                        .append(parameter.getKey())
                        .append('=')
                        .append(parameter.getValue().asText()));
        return exchange.path("path").asText() + query;
    }

    /** Makes the records an exchange changes or points to, and says which of ours stands for which recorded id. */
    private Map<String, String> prepare(JsonNode exchange) {
        Map<String, String> ids = new HashMap<>();
        Set<String> needed = new TreeSet<>();
        ID.matcher(path(exchange) + exchange.path("request")).results().forEach(id -> needed.add(id.group()));
        boolean converted = exchange.path("response").toString().contains("CONVERTED_LEAD");
        for (String id : needed) {
            String object = id.startsWith("001") ? "Account" : id.startsWith("003") ? "Contact" : "Lead";
            ObjectNode fields = Client.JSON.createObjectNode();
            switch (object) {
                case "Account" -> fields.put("Name", "before");
                case "Contact" -> fields.put("LastName", "before");
                default ->
                    fields.put("LastName", "before").put("Company", "before").put("IsConverted", converted);
            }
            ids.put(
                    id,
                    sandbox.edit(new Edit(object, "insert", "", "", fields, "")).id());
        }
        return ids;
    }

    private static String translated(String text, Map<String, String> ids) {
        String translated = text;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            translated = translated.replace(id.getKey(), id.getValue());
        }
        return translated;
    }

    /** An answer with the record ids taken out, but their presence kept. */
    private static JsonNode shape(String answer) {
        return Client.json(answer.replaceAll("\"id\":\"\\w{18}\"", "\"id\":\"ID\""));
    }

    @Test
    void recordedReadsHaveTheSameFieldsAndErrors() throws Exception {
        int compared = 0;
        for (JsonNode exchange : recorded()) {
            String path = exchange.path("path").asText();
            JsonNode real = exchange.path("response");
            if (!exchange.path("method").asText().equals("GET")
                    || !path.matches(".*/sobjects/(Account|Contact|Lead)/\\w{18}")) {
                continue;
            }
            if (exchange.path("status").asInt() == 404) {
                Client.Answer missing = client.get(path.replace("4S", "Sb"));
                assertThat(missing.status()).isEqualTo(404);
                assertThat(missing.json()).isEqualTo(real);
            } else {
                compare(path, real);
            }
            compared++;
        }
        assertThat(compared).isGreaterThan(25);
    }

    private void compare(String path, JsonNode real) throws Exception {
        String object = real.path("attributes").path("type").asText();
        ObjectNode fields = Client.JSON.createObjectNode();
        for (String name : List.of("Name", "LastName", "FirstName", "Company", "Email", "AccountNumber", "Site")) {
            boolean composed = name.equals("Name") && !object.equals("Account");
            if (real.hasNonNull(name) && !composed) {
                fields.set(name, real.get(name));
            }
        }
        String id = sandbox.edit(new Edit(object, "insert", "", "", fields, "")).id();
        JsonNode ours =
                client.get(path.substring(0, path.lastIndexOf('/') + 1) + id).json();
        for (Map.Entry<String, JsonNode> entry : ours.properties()) {
            String name = entry.getKey();
            if (name.endsWith("__c")) {
                continue;
            }
            JsonNode value = entry.getValue();
            assertThat(real.has(name))
                    .as(object + "." + name + " in the recorded answer")
                    .isTrue();
            // Whether a field is filled depends on use; where both are, their form must agree.
            if (!value.isNull() && !real.get(name).isNull()) {
                assertThat(form(value)).as(object + "." + name).isEqualTo(form(real.get(name)));
            }
        }
        assertThat(ours.path("Name")).isEqualTo(real.path("Name"));
    }

    private static String form(JsonNode value) {
        return value.getNodeType() + " " + value.asText().matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}\\.\\d{3}\\+0000");
    }
}
