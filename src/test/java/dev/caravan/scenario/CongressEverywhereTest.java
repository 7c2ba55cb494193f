package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.caravan.app.Operations;
import dev.caravan.app.Progress;
import dev.caravan.app.SyncReport;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.mapping.MappingId;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.store.postgres.PostgresServer;
import dev.caravan.store.postgres.PostgresSettings;
import dev.caravan.transport.kafka.Broker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One model of real contacts and four kinds of destinations: after each month all hold its rows, all of them and no others. */
class CongressEverywhereTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CARAVAN = """
            connections:
              files: {connector: files, path: data}
              crm: {connector: hubspot, api_base: "HUBSPOT", access_token: "{{file:secrets/token}}"}
              table:
                connector: postgres
                url: "postgresql://ADDRESS"
                user: postgres
                password: "{{file:secrets/password}}"
                schema: SCHEMA
              stream: {connector: kafka, brokers: "BROKERS"}
              exports: {connector: files, path: out}
            """;
    private static final String TOKEN = "pat-na1-caravan-demo";

    /** Contacts have an address and the like of their own. */
    private static final String PREFIX = "m_";

    private static final Duration MONTH = Duration.ofDays(30);

    private final PostgresSettings place = PostgresServer.fresh();

    @TempDir
    private Path folder;

    /** What a destination holds, each row with all its columns, as texts. */
    private interface Holding {
        Map<String, Map<String, String>> rows() throws IOException, SQLException;
    }

    @Test
    void eachMonthIsAtAllDestinations() throws IOException, SQLException, InterruptedException {
        Congress congress = Congress.members();
        String topic = Broker.topic("compact");
        try (TestBed bed = TestBed.inOneTime(folder, SandboxSpec.defaults())) {
            workspace(bed, congress.columns(), topic);
            Map<MappingId, Holding> destinations = Map.of(
                    new MappingId("crm"), () -> contacts(bed, congress.columns()),
                    new MappingId("table"), this::table,
                    new MappingId("stream"), () -> records(topic),
                    new MappingId("exports"), () -> Congress.rows(folder.resolve("out/members.csv")));
            for (NamedCsvRecord month : congress.months()) {
                congress.copy(month.getField("month"), folder.resolve("data/members.csv"));
                Operations operations = bed.operations();
                together(destinations.keySet(), mapping -> sync(operations, mapping));
                Map<String, Map<String, String>> rows = congress.rows(month.getField("month"));
                for (Map.Entry<MappingId, Holding> destination : destinations.entrySet()) {
                    assertThat(destination.getValue().rows())
                            .as("%s at %s", month.getField("month"), destination.getKey())
                            .isEqualTo(rows);
                }
                bed.pass(MONTH);
            }
        }
    }

    /** On threads that find classes as this one does, which those of streams need not. */
    private static void together(Set<MappingId> mappings, Consumer<MappingId> sync) {
        try (ExecutorService threads = Executors.newFixedThreadPool(mappings.size())) {
            mappings.stream()
                    .map(mapping -> CompletableFuture.runAsync(() -> sync.accept(mapping), threads))
                    .toList()
                    .forEach(CompletableFuture::join);
        }
    }

    private static void sync(Operations operations, MappingId mapping) {
        SyncReport report = operations.sync(mapping, Progress.NONE);
        if (report.state().equals("held")) {
            report = operations.approve(report.plan(), new Decision("tester", "", Instant.EPOCH), Progress.NONE);
        }
        assertThat(report.state()).as("%s", report).isEqualTo("done");
        assertThat(report.accounting().accepted())
                .as("%s", report)
                .isEqualTo(report.accounting().planned());
    }

    private void workspace(TestBed bed, List<String> columns, String topic)
            throws IOException, SQLException, InterruptedException {
        Files.createDirectories(folder.resolve("out"));
        PostgresServer.run(place, "CREATE SCHEMA " + place.schema());
        PostgresServer.run(
                place,
                columns.stream()
                        .map(column -> ", " + column + " text")
                        .collect(Collectors.joining(
                                "", "CREATE TABLE members (" + Congress.KEY + " text PRIMARY KEY", ")")));
        property(bed, Congress.KEY, true);
        for (String column : columns) {
            property(bed, PREFIX + column, false);
        }
        bed.write(
                        "caravan.yaml",
                        CARAVAN.replace("HUBSPOT", bed.sandbox().uri("hubspot").toString())
                                .replace("ADDRESS", place.address())
                                .replace("SCHEMA", place.schema())
                                .replace("BROKERS", Broker.address()))
                .write("secrets/token", TOKEN)
                .write("secrets/password", "postgres")
                .write("models/members.yaml", "connection: files\npath: members.csv\nkey: " + Congress.KEY + "\n")
                .write(
                        "mappings/crm.yaml",
                        mapping("contacts", "upsert", "crm", "on_removed: archive", PREFIX, columns))
                .write("mappings/table.yaml", mapping("members", "mirror", "table", "", "", columns))
                .write("mappings/stream.yaml", mapping(topic, "mirror", "stream", "", "", columns))
                .write("mappings/exports.yaml", mapping("members.csv", "mirror", "exports", "", "", columns));
    }

    private static String mapping(
            String object, String operation, String connection, String removed, String prefix, List<String> columns) {
        String fields = columns.stream()
                .map(column -> "  " + prefix + column + ": " + column + "\n")
                .collect(Collectors.joining());
        return """
                model: members
                destination:
                  connection: %s
                  object: %s
                  operation: %s
                  key: {%s: %s}
                  %s
                fields:
                %s""".formatted(connection, object, operation, Congress.KEY, Congress.KEY, removed, fields);
    }

    private static void property(TestBed bed, String name, boolean unique) throws IOException, InterruptedException {
        String json = JSON.createObjectNode()
                .put("name", name)
                .put("type", "string")
                .put("fieldType", "text")
                .put("hasUniqueValue", unique)
                .toString();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(bed.sandbox().uri("hubspot") + "/crm/v3/properties/contacts"))
                .header("Authorization", "Bearer " + TOKEN)
                .POST(BodyPublishers.ofString(json))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
        }
    }

    private static Map<String, Map<String, String>> contacts(TestBed bed, List<String> columns) {
        Map<String, Map<String, String>> rows = new TreeMap<>();
        for (JsonNode contact : bed.sandbox().vendor("hubspot").records("contacts")) {
            Map<String, String> row = new HashMap<>(
                    Map.of(Congress.KEY, contact.path(Congress.KEY).asText()));
            columns.forEach(column -> row.put(column, ""));
            contact.properties().stream()
                    .filter(property -> property.getKey().startsWith(PREFIX))
                    .forEach(property -> row.put(
                            property.getKey().substring(PREFIX.length()),
                            property.getValue().asText()));
            Congress.put(rows, row);
        }
        return rows;
    }

    private Map<String, Map<String, String>> table() throws SQLException {
        Map<String, Map<String, String>> rows = new TreeMap<>();
        try (Connection connection = PostgresServer.connect(place);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT * FROM members")) {
            while (found.next()) {
                Map<String, String> row = new HashMap<>();
                for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    String value = found.getString(column);
                    row.put(found.getMetaData().getColumnName(column), value == null ? "" : value);
                }
                Congress.put(rows, row);
            }
        }
        return rows;
    }

    /** As who takes the last record of each key. */
    private static Map<String, Map<String, String>> records(String topic) throws IOException {
        Map<String, byte[]> last = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : Broker.records(topic)) {
            last.put(new String(record.key(), StandardCharsets.UTF_8), record.value());
        }
        Map<String, Map<String, String>> rows = new TreeMap<>();
        List<byte[]> values = new ArrayList<>(last.values());
        values.removeIf(value -> value == null);
        for (byte[] value : values) {
            Map<String, String> row = new HashMap<>();
            JSON.readTree(value)
                    .properties()
                    .forEach(field -> row.put(field.getKey(), field.getValue().asText("")));
            Congress.put(rows, row);
        }
        return rows;
    }
}
