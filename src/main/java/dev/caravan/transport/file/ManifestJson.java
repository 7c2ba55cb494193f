package dev.caravan.transport.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.transport.StoreRequest.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Manifests as people and programs read them: one JSON object, the present generation's members on top, {@code next} below them. */
final class ManifestJson {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ManifestJson() {}

    /**
     * The manifest in a file; {@link Manifest#NONE} if there is none.
     *
     * @throws JsonProcessingException if it is none of ours
     */
    static Manifest read(Path file) throws IOException {
        JsonNode tree;
        try {
            tree = JSON.readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException none) {
            return Manifest.NONE;
        }
        return new Manifest(generation(tree), generation(tree.path("next")));
    }

    static byte[] write(String object, Manifest manifest) {
        ObjectNode tree = JSON.createObjectNode();
        tree.put("file", object);
        Format.of(object).ifPresent(format -> tree.put("format", format.name().toLowerCase(Locale.ROOT)));
        manifest.current().ifPresent(current -> write(tree, current));
        manifest.next().ifPresent(next -> write(tree.putObject("next"), next));
        return (tree.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void write(ObjectNode tree, Generation generation) {
        tree.put("generation", generation.number());
        tree.put("rows", generation.rows());
        tree.put("bytes", generation.bytes());
        tree.put("sha256", generation.sha256());
        generation.columns().forEach(tree.withArray("columns")::add);
        switch (generation.key().size()) {
            case 0 -> {}
            // As it was written when one column was all that rows could be known by.
            case 1 -> tree.put("key", generation.key().getFirst());
            default -> generation.key().forEach(tree.withArray("key")::add);
        }
        tree.put("written_at", generation.writtenAt().toString());
        generation.applied().forEach(tree.withArray("applied")::add);
    }

    private static Optional<Generation> generation(JsonNode tree) throws JsonProcessingException {
        if (!tree.has("generation")) {
            return Optional.empty();
        }
        return Optional.of(new Generation(
                tree.path("generation").asLong(),
                tree.path("rows").asLong(),
                tree.path("bytes").asLong(),
                tree.path("sha256").asText(),
                texts(tree.path("columns")),
                tree.path("key").isTextual() ? List.of(tree.path("key").textValue()) : texts(tree.path("key")),
                at(tree.path("written_at").asText()),
                texts(tree.path("applied"))));
    }

    private static Instant at(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException edited) {
            return Instant.EPOCH;
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
