package dev.caravan.connector.declared.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.problem.Problem;
import dev.caravan.yaml.YamlSource;
import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.Blocks;
import dev.caravan.yaml.shape.Key;
import dev.caravan.yaml.shape.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page lists every key as it is declared, and its example is read. -Dcaravan.page=write writes the list anew. */
class ConnectorsPageTest {

    private static final Path PAGE = Path.of("docs/connectors.md");
    private static final String FROM = "<!-- keys: written by ConnectorsPageTest -->\n";
    private static final String TO = "<!-- /keys -->";

    @Test
    void listsEveryKey() throws IOException {
        String page = Files.readString(PAGE);
        String before = page.substring(0, page.indexOf(FROM) + FROM.length());
        String after = page.substring(page.indexOf(TO));
        String wanted = before + tables() + after;
        if (System.getProperty("caravan.page", "").equals("write")) {
            Files.writeString(PAGE, wanted);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(wanted);
    }

    @Test
    void itsExampleIsRead() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf("```yaml\n") + "```yaml\n".length();
        String example = page.substring(from, page.indexOf("```", from));
        LoadedConnector loaded = ConnectorReader.text(YamlSource.of("connector.yaml", example, ""), "addressbook");
        assertThat(loaded.problems()).extracting(Problem::oneLine).isEmpty();
    }

    /** The only words that a key takes, where it takes no others. */
    private static String words(Shape shape) {
        List<String> words = among(shape).distinct().toList();
        String quoted = "`" + String.join("`, `", words) + "`";
        return words.isEmpty() ? "" : (words.size() == 1 ? ": " : ". One of ") + quoted;
    }

    private static Stream<String> among(Shape shape) {
        return switch (shape) {
            case Shape.Words words -> words.words().stream();
            case Shape.Worded worded -> among(worded.shape());
            case Shape.OneOrMore several -> among(several.item());
            case Shape.Items items -> among(items.item());
            case Shape.All all -> all.shapes().stream().flatMap(ConnectorsPageTest::among);
            case Shape.Either either -> either.shapes().stream().flatMap(ConnectorsPageTest::among);
            case Shape.Names names -> among(names.value());
            case Shape.Single other -> Stream.empty();
            case Shape.Inside inside -> Stream.empty();
            case Shape.Tagged tagged -> Stream.empty();
        };
    }

    private static String tables() {
        StringBuilder tables = new StringBuilder();
        for (BlockShape block : Blocks.all(ConnectorSchema.shape())) {
            tables.append("\n### ")
                    .append(Character.toUpperCase(block.name().charAt(0)))
                    .append(block.name().substring(1));
            tables.append("\n\n| key | |\n|---|---|\n");
            for (Key key : block.keys()) {
                String must = key.required() ? " (needed)" : "";
                tables.append("| `").append(key.name()).append("` | ");
                tables.append(key.about().replace("|", "\\|")).append(words(key.shape()));
                tables.append(must).append(" |\n");
            }
            block.choices()
                    .forEach(choice -> tables.append(choice.required() ? "\nExactly one of " : "\nAt most one of ")
                            .append(String.join(", ", choice.keys()))
                            .append(".\n"));
        }
        return tables.append("\n").toString();
    }
}
