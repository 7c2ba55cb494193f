package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import dev.caravan.app.connect.Catalogues;
import dev.caravan.config.settings.Catalogue;
import dev.caravan.connector.declared.example.ExampleShapes;
import dev.caravan.connector.declared.load.ConnectorSchema;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlReader;
import dev.caravan.yaml.YamlSource;
import dev.caravan.yaml.shape.Schemas;
import dev.caravan.yaml.shape.Shape;
import dev.caravan.yaml.shape.ShapeCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas of workspace files, as a validator that is not ours understands them. */
class WorkspaceSchemaTest {

    private static final Catalogue CONNECTORS = Catalogues.of(Path.of("."));

    @TempDir
    private Path root;

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("."))) {
            List<Path> found = files.filter(file -> kind(file).isPresent() || isConnector(file) || isExchange(file))
                    .map(Path::normalize)
                    .filter(file ->
                            !file.startsWith("target") && !file.toString().contains("workspaces/bad/"))
                    .sorted()
                    .toList();
            assertThat(found).hasSizeGreaterThan(12);
            return found;
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsGood(Path file) throws IOException {
        JsonSchema schema = isConnector(file)
                ? schema(ConnectorSchema.json())
                : isExchange(file)
                        ? schema(ExampleShapes.schema())
                        : schema(kind(file).orElseThrow());
        YamlNode document = document(Files.readString(file)).orElseThrow();
        assertThat(schema.validate(Schemas.json(document))).isEmpty();
    }

    static Stream<MistakesTest.Mistake> mistakes() {
        return MistakesTest.all();
    }

    /** What a file's own shape forbids, an editor that goes by the schema forbids too, and nothing else. */
    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeOfShapeIsOneOfTheSchema(MistakesTest.Mistake mistake) throws JsonProcessingException {
        TestWorkspace workspace = TestWorkspace.copyTo(root).replace(mistake.file(), mistake.good(), mistake.bad());
        Optional<YamlNode> document = document(workspace.text(mistake.file()).replace("§", ""));
        if (document.isEmpty()) {
            return;
        }
        WorkspaceFile kind = kind(Path.of(mistake.file())).orElseThrow();
        Findings found = new Findings();
        new ShapeCheck(found).check(document.get(), Shape.block(kind.shape(CONNECTORS)), "the file");
        assertThat(schema(kind).validate(Schemas.json(document.get())).isEmpty())
                .as(mistake + " " + found.problems())
                .isEqualTo(found.none());
    }

    @Test
    void mostMistakesAreOfShape() {
        long shaped = mistakes()
                .filter(mistake ->
                        mistake.code().startsWith("yaml.") && !mistake.code().equals("yaml.syntax"))
                .count();
        assertThat(shaped).isGreaterThan(60);
    }

    private static JsonSchema schema(WorkspaceFile kind) throws JsonProcessingException {
        return schema(kind.schema(CONNECTORS));
    }

    private static JsonSchema schema(String text) throws JsonProcessingException {
        JsonNode schema = new ObjectMapper().readTree(text);
        return Schemas.of(schema);
    }

    private static Optional<YamlNode> document(String text) {
        return YamlReader.read(YamlSource.of("f.yaml", text, ""), new Findings());
    }

    private static boolean isConnector(Path file) {
        return file.endsWith("connector.yaml");
    }

    private static boolean isExchange(Path file) {
        return file.toString().replace('\\', '/').contains("/exchanges/")
                && file.toString().endsWith(".yaml");
    }

    private static Optional<WorkspaceFile> kind(Path file) {
        String path = file.toString().replace('\\', '/');
        if (path.endsWith("caravan.yaml") && !path.contains("camel")) {
            return Optional.of(WorkspaceFile.CARAVAN);
        }
        if (path.endsWith("sandbox.yaml")) {
            return Optional.of(WorkspaceFile.SANDBOX);
        }
        boolean yaml = path.endsWith(".yaml");
        return yaml && path.contains("mappings/")
                ? Optional.of(WorkspaceFile.MAPPING)
                : Optional.of(WorkspaceFile.MODEL).filter(any -> yaml && path.contains("models/"));
    }
}
