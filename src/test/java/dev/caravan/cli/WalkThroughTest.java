package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what docs/adding-a-connector.md says, block by block: writes its files, runs its commands through the program, and compares what these say
 * with the text below them. The API is {@link AddressBook}.
 */
class WalkThroughTest {

    private static final Path PAGE = Path.of("docs/adding-a-connector.md");
    private static final String API = "https://api.addressbook.example";

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");

    /** The last line before the block of a file. */
    private static final Pattern FILE = Pattern.compile("(?s).*`([a-z_/.-]+)`:[^`\n]*\n\n$");

    private static final Pattern EXIT = Pattern.compile("# exit code (\\d)$");

    @TempDir
    private Path workspace;

    private final ProcessDoor door = new ProcessDoor(new GoodOrder(Console.ofProcess()));

    @Test
    void thePageIsTrue() throws IOException {
        try (AddressBook book = new AddressBook()) {
            List<String> states = new ArrayList<>();
            String said = "";
            String page = Files.readString(PAGE);
            int end = 0;
            for (Matcher block = BLOCK.matcher(page); block.find(); end = block.end()) {
                Matcher file = FILE.matcher(page.substring(end, block.start()));
                String text = block.group(2);
                if (file.matches()) {
                    write(file.group(1), text.replace(API, book.address()));
                } else if (block.group(1).equals("sh")) {
                    said = commands(text);
                    states.add(text.strip() + " " + people(book));
                } else {
                    String answer = said;
                    assertThat(block.group(1)).as(text).isEqualTo("text");
                    assertThat(text.lines())
                            .allSatisfy(line -> assertThat(answer).contains(line));
                }
            }
            assertThat(states)
                    .as("what the page tells of the address book")
                    .hasSize(6)
                    .anyMatch(state -> state.startsWith("caravan validate") && state.endsWith("{}"))
                    .anyMatch(state -> state.startsWith("caravan sync people\ncaravan rejected")
                            && state.endsWith("{ada@example.com=London, grace@example.com=null}"))
                    .last()
                    .isEqualTo("caravan sync people {grace@example.com=New York}");
            assertThat(book.asked)
                    .as("what was refused is not sent again")
                    .filteredOn(call -> call.startsWith("PUT"))
                    .hasSize(2);
            assertThat(book.asked).filteredOn(call -> call.startsWith("DELETE")).hasSize(1);
        }
    }

    private static Map<String, String> people(AddressBook book) {
        Map<String, String> cities = new TreeMap<>();
        book.contacts.forEach(
                (email, contact) -> cities.put(email, contact.path("city").asText()));
        return cities;
    }

    private void write(String file, String text) throws IOException {
        Path path = workspace.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private String commands(String lines) {
        StringBuilder said = new StringBuilder();
        for (String line : lines.lines().toList()) {
            Matcher exit = EXIT.matcher(line);
            int wanted = exit.find() ? Integer.parseInt(exit.group(1)) : 0;
            List<String> words =
                    new ArrayList<>(List.of(line.replaceFirst(" *#.*", "").split(" ")));
            assertThat(words.removeFirst()).isEqualTo("caravan");
            words.addAll(List.of("-w", workspace.toString()));
            said.append(command(line, wanted, words.toArray(String[]::new)));
        }
        return said.toString();
    }

    private String command(String line, int wanted, String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        Console console = new Console(
                stream,
                stream,
                new BufferedReader(new StringReader("")),
                false,
                Map.of(),
                InstantSource.system(),
                System::nanoTime,
                Runnable::run);
        int exit = Caravan.run(console, door, (desk, once) -> 0, arguments);
        String said = bytes.toString(StandardCharsets.UTF_8);
        assertThat(exit).as("%s%n%s", line, said).isEqualTo(wanted);
        return said;
    }
}
