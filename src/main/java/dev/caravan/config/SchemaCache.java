package dev.caravan.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.config.check.SchemaLookup;
import dev.caravan.config.settings.WorkspaceConfig;
import dev.caravan.mapping.MappingId;
import dev.caravan.model.Column;
import dev.caravan.model.Model;
import dev.caravan.model.ModelSchema;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.row.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Model schemas as last described, one file a mapping: {@code state/schemas/<mapping>.json}. A schema counts only for the
 * model it was described for: an edited query, table, path or column declaration makes it unknown.
 */
public final class SchemaCache {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    /** A cache in this folder, which is made when something is first stored. */
    public SchemaCache(Path folder) {
        this.folder = folder;
    }

    /** The cache of a workspace. */
    public static SchemaCache of(WorkspaceConfig config) {
        return new SchemaCache(config.state().folder().resolve("schemas"));
    }

    /** A lookup in the cache of a workspace, as it is now. */
    public static SchemaLookup lookup(WorkspaceConfig config) {
        return of(config).lookup();
    }

    /** A lookup in what is stored now. Files that cannot be read are passed over: a cache may be lost. */
    public SchemaLookup lookup() {
        Map<String, ModelSchema> schemas = new HashMap<>();
        files().forEach(file ->
                read(file).ifPresent(root -> schemas.put(root.path("model").asText(), schema(root.path("columns")))));
        return model -> Optional.ofNullable(schemas.get(identity(model)));
    }

    /** Stores what the engine just said of a mapping's model, in one step. */
    public void store(MappingId mapping, Model model, ModelSchema schema) {
        ObjectNode root = JSON.createObjectNode();
        root.put("model", identity(model));
        schema.columns()
                .forEach(column -> root.withArray("columns")
                        .addObject()
                        .put("name", column.name())
                        .put("type", column.type().name()));
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(mapping.fileName() + ".json");
            Path next = folder.resolve(mapping.fileName() + ".json.new");
            Files.writeString(next, root.toString());
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new EnvironmentFailure(Problem.of(
                    Code.STATE_IO, "the schema cache cannot be written", "check the state folder and its disk"));
        }
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<JsonNode> read(Path file) {
        try {
            JsonNode root = JSON.readTree(Files.readString(file));
            return Optional.of(root).filter(SchemaCache::readable);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean readable(JsonNode root) {
        List<String> known = Stream.of(ValueType.values()).map(ValueType::name).toList();
        for (JsonNode column : root.path("columns")) {
            if (!known.contains(column.path("type").asText())) {
                return false;
            }
        }
        return root.path("model").isTextual();
    }

    private static ModelSchema schema(JsonNode columns) {
        List<Column> found = new ArrayList<>();
        for (JsonNode column : columns) {
            ValueType type = ValueType.valueOf(column.path("type").asText());
            found.add(new Column(column.path("name").asText(), type));
        }
        return new ModelSchema(found);
    }

    /** Everything of a model that decides its columns, as text. */
    private static String identity(Model model) {
        ObjectNode node = JSON.createObjectNode();
        node.put("connection", model.connection());
        node.put("reading", model.reading().toString());
        new TreeMap<>(model.columns()).forEach((name, declared) -> node.put("column " + name, declared.toString()));
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("text is always JSON", e);
        }
    }
}
