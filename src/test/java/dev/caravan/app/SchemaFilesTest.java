package dev.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.mapping.TargetSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaFilesTest {

    private static final TargetField TREE = new TargetField(
            "tree", Kind.JSON, 0, 0, 0, true, true, true, false, false, false, false, List.of(), 0, "jsonb");

    @TempDir
    private Path folder;

    @Test
    void aDescriptionIsKeptWholeAndOneFromBeforeTypesHadNamesIsNone() throws IOException {
        SchemaFiles files = new SchemaFiles(folder, () -> Instant.EPOCH);
        TargetSchema schema = new TargetSchema(
                "things",
                List.of(TREE, TargetField.open("a", Kind.TEXT)),
                List.of(Set.of("a", "b")),
                Optional.of(Kind.TEXT));
        files.keep("table", schema);
        assertThat(files.cached("table", "things")).contains(schema);

        Path file = folder.resolve("table.things.json");
        Files.writeString(file, Files.readString(file).replaceAll(",\"nativeType\":\"[a-z]*\"", ""));
        assertThat(files.cached("table", "things")).isEmpty();
    }
}
