package dev.caravan.app.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.connect.Writables.Kind;
import dev.caravan.app.connect.Writables.Writable;
import dev.caravan.mapping.Target.OnRemoved;
import dev.caravan.mapping.Target.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the list of connectors says is what they can do. */
class WritablesTest {

    @TempDir
    private Path workspace;

    private List<Writable> all() {
        return Writables.of(DeclaredConnectors.of(workspace));
    }

    private Writable named(String name) {
        return all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyConnectorThatCanBeWrittenToIsThere() {
        assertThat(all())
                .extracting(Writable::name)
                .containsExactlyInAnyOrderElementsOf(Catalogues.of(workspace).names())
                .contains("salesforce", "postgres", "mysql", "duckdb", "files", "kafka", "hubspot");
    }

    @Test
    void anAudienceSaysItsKeysAndThatItCanBeMirrored() {
        Kind audience = named("meta").objects().getFirst();
        assertThat(audience.names()).containsExactly("audience_{id}");
        assertThat(audience.keys()).containsExactly("EXTERN_ID", "EMAIL", "PHONE", "MADID");
        assertThat(audience.can().operations()).containsExactly(Operation.MIRROR, Operation.ADD, Operation.REMOVE);
        assertThat(audience.can().removals()).containsExactly(OnRemoved.NOTHING, OnRemoved.DELETE);
    }

    @Test
    void whatTheAccountTellsIsSaidInWords() {
        assertThat(named("hubspot").objects().getFirst().keys()).contains("those that the account tells");
    }

    /** The pages of connectors in Java are written by hand. */
    @Test
    void thePagesOfTheHouseSayTheSame() throws IOException {
        for (String name : List.of("salesforce", "postgres", "mysql", "duckdb", "files", "kafka")) {
            String page = Files.readString(Path.of("connectors", name, "README.md"));
            Kind kind = named(name).objects().getFirst();
            assertThat(words(page, "operations"))
                    .as(name)
                    .isEqualTo(words(kind.can().operations()));
            assertThat(words(page, "removed keys"))
                    .as(name)
                    .isEqualTo(words(kind.can().removals()));
        }
    }

    private static Set<String> words(String page, String row) {
        String line = page.lines()
                .filter(each -> each.startsWith("| " + row + " |"))
                .findFirst()
                .orElseThrow();
        return Pattern.compile("`([a-z]+)`")
                .matcher(line)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> words(Collection<? extends Enum<?>> words) {
        Function<Enum<?>, String> word = each -> each.name().toLowerCase(Locale.ROOT);
        return words.stream().map(word).collect(Collectors.toCollection(TreeSet::new));
    }
}
