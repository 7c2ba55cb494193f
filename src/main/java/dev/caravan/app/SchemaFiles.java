package dev.caravan.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.pipeline.TargetSchemas;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Descriptions as files, {@code state/targets/<connection>.<object>.json}. One that cannot be read counts as none. */
final class SchemaFiles implements TargetSchemas {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final InstantSource clock;

    SchemaFiles(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** What a file holds; the time in milliseconds since 1970. */
    private record Kept(
            long at,
            String object,
            List<TargetField> fields,
            @Nullable List<Set<String>> keys,
            boolean anyKey,
            @Nullable Kind open) {

        static Kept of(TargetSchema schema, long at) {
            return new Kept(
                    at,
                    schema.object(),
                    schema.fields(),
                    schema.keys(),
                    schema.anyKey(),
                    schema.open().orElse(null));
        }

        TargetSchema schema() {
            return new TargetSchema(
                    object,
                    fields,
                    keys == null ? List.of() : keys,
                    anyKey,
                    Optional.ofNullable(open),
                    List.of(),
                    List.of());
        }
    }

    @Override
    public Optional<TargetSchema> cached(String connection, String object) {
        return kept(connection, object).map(Kept::schema);
    }

    @Override
    public Optional<Duration> age(String connection, String object) {
        return kept(connection, object).map(kept -> Duration.ofMillis(clock.millis() - kept.at()));
    }

    private Optional<Kept> kept(String connection, String object) {
        Path file = file(connection, object);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readString(file), Kept.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable(file);
        }
    }

    @Override
    public void keep(String connection, TargetSchema schema) {
        Path file = file(connection, schema.object());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(folder);
            Files.writeString(fresh, JSON.writeValueAsString(Kept.of(schema, clock.millis())));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unusable(file);
        }
    }

    private Path file(String connection, String object) {
        return folder.resolve(connection + "." + object.replace("/", "%2F") + ".json");
    }

    private static EnvironmentFailure unusable(Path file) {
        return new EnvironmentFailure(
                Problem.of(Code.STATE_IO, file + " cannot be read or written", "check the state folder and its disk"));
    }
}
