package dev.caravan.connector.file;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Destination;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.RealContract;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.KeyText;
import dev.caravan.row.Value;
import dev.caravan.transport.StoreRequest.Format;
import dev.caravan.transport.Transport;
import dev.caravan.transport.file.FileSettings;
import dev.caravan.transport.file.FileTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Files of the three formats keep the contract of destinations, in a real folder. */
class FileContractTest extends RealContract {

    private static final List<String> OBJECTS =
            List.of("x.csv", "x.jsonl", "x.parquet", "pairs.csv", "pairs.jsonl", "pairs.parquet");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final FileDestination FILES = new FileDestination(true, Duration.ZERO);

    @TempDir
    private Path root;

    private Path folder;
    private FileTransport transport;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectories(root.resolve("out"));
        Path temp = Files.createDirectories(root.resolve("temp")).toRealPath();
        transport = new FileTransport(folder, new FileSettings("256MB", 1, temp), () -> Instant.EPOCH);
    }

    @Override
    protected Destination destination() {
        return FILES;
    }

    @Override
    protected Transport transport() {
        return transport;
    }

    @Override
    protected List<Case> cases() {
        return OBJECTS.stream()
                .flatMap(object -> Stream.of(Action.UPSERT, Action.UPDATE, Action.DELETE, Action.APPEND)
                        .map(action -> operation(action, object, key(object))))
                .toList();
    }

    private static String key(String object) {
        return object.startsWith("pairs") ? "part+id" : "id";
    }

    /** Every file takes keys of both kinds. */
    @Override
    protected String kind(Case operation) {
        return Format.of(operation.object()).orElseThrow().name();
    }

    @Override
    protected Batch batch(Case operation, List<Write> writes) {
        TargetSchema schema = TargetSchema.keyedFreely(operation.object(), List.of(), Kind.TEXT);
        return new Batch(operation.action(), false, operation.object(), operation.key(), schema, writes);
    }

    @Override
    protected void ready(Case operation, int rows) {
        try (Stream<Path> left = Files.list(folder)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (operation.action() == Action.UPDATE || operation.action() == Action.DELETE) {
            fill(operation(Action.UPSERT, operation.object(), operation.keyField()), rows);
        }
    }

    /** For people: {@link PeopleGuard} puts an apostrophe before what a spreadsheet would take for a formula. */
    @Override
    protected @Nullable String kept(Case operation, Value value) {
        String kept = super.kept(operation, value);
        return kept != null && operation.object().endsWith(".csv")
                ? PeopleGuard.of(value).text()
                : kept;
    }

    @Override
    protected Map<String, @Nullable String> held(String object) {
        Path file = folder.resolve(object);
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return switch (Format.of(object).orElseThrow()) {
                case CSV ->
                    table(
                            object,
                            "read_csv('" + file + "', delim = ',', quote = '\"', escape = '\"', header = true, "
                                    + "all_varchar = true, allow_quoted_nulls = false, max_line_size = 1000000)");
                case JSON_LINES -> lines(object, file);
                case PARQUET -> table(object, "'" + file + "'");
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, @Nullable String> table(String object, String from) throws SQLException {
        List<String> key = List.of(key(object).split("\\+"));
        Map<String, @Nullable String> held = new HashMap<>();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + from)) {
            while (rows.next()) {
                List<String> parts = new ArrayList<>();
                for (String part : key) {
                    parts.add(rows.getString(part));
                }
                held.put(key.size() == 1 ? parts.getFirst() : KeyText.joined(parts), rows.getString(FIELD));
            }
        }
        return held;
    }

    private static Map<String, @Nullable String> lines(String object, Path file) throws IOException {
        List<String> key = List.of(key(object).split("\\+"));
        Map<String, @Nullable String> held = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode row = JSON.readTree(line);
            JsonNode name = row.path(FIELD);
            List<String> parts =
                    key.stream().map(part -> row.path(part).asText()).toList();
            held.put(key.size() == 1 ? parts.getFirst() : KeyText.joined(parts), text(name));
        }
        return held;
    }

    private static @Nullable String text(JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        if (node.isNumber()) {
            return node.decimalValue().toPlainString();
        }
        return node.isContainerNode() ? node.toString() : node.asText();
    }
}
