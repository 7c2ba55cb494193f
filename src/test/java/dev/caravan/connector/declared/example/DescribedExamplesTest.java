package dev.caravan.connector.declared.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An object whose fields the API is asked for: one example asks, the others have what it was told. */
class DescribedExamplesTest {

    private static final Path MAILCHIMP = Path.of("src/test/resources/declared/connectors/mailchimp");

    @TempDir
    private Path root;

    private Path folder;

    @BeforeEach
    void copy() throws IOException {
        folder = root.resolve("connectors/mailchimp");
        Files.createDirectories(folder.resolve("exchanges"));
        for (String file : List.of("connector.yaml", "exchanges/upsert.yaml", "exchanges/describe.yaml")) {
            Files.copy(MAILCHIMP.resolve(file), folder.resolve(file));
        }
    }

    private void replace(String file, String from, String to) throws IOException {
        String text = Files.readString(folder.resolve(file));
        assertThat(text).contains(from);
        Files.writeString(folder.resolve(file), text.replace(from, to));
    }

    private List<String> differences() {
        ExampleBook book = ExampleBook.play(root, folder);
        assertThat(book.problems()).extracting(Problem::oneLine).isEmpty();
        return book.played().stream()
                .flatMap(played -> played.differences().stream())
                .toList();
    }

    @Test
    void whatIsDescribedTheOthersKnow() throws IOException {
        assertThat(differences()).isEmpty();
        Files.delete(folder.resolve("exchanges/describe.yaml"));
        assertThat(differences())
                .as("nobody knows that the key ignores case")
                .singleElement()
                .asString()
                .contains("unknown counts");
    }

    @Test
    void anotherFieldThanIsSaidAndARefusalAreFound() throws IOException {
        replace("exchanges/describe.yaml", "AGE number]", "AGE integer]");
        assertThat(differences()).singleElement().asString().contains("AGE number", "AGE integer");
        replace("exchanges/describe.yaml", "body:", "status: 403\n      body:");
        assertThat(differences()).first().asString().startsWith("outcomes: [failed destination.");
    }

    @Test
    void onlyADescriptionDoesWithoutKeyAndRows() throws IOException {
        replace("exchanges/upsert.yaml", "key: email_address\n", "");
        assertThat(ExampleBook.play(root, folder).problems())
                .singleElement()
                .extracting(Problem::oneLine)
                .asString()
                .startsWith("connectors/mailchimp/exchanges/upsert.yaml:1:1 the file needs 'key'");
    }
}
