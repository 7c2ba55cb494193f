package dev.caravan.app.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.connect.Writables.Kind;
import dev.caravan.app.connect.Writables.Writable;
import dev.caravan.mapping.Target.OnRemoved;
import dev.caravan.mapping.Target.Operation;
import java.nio.file.Path;
import java.util.List;
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
    void anyFieldCanBeTheKeyWhereAnyNameGoes() {
        assertThat(named("webhook").objects())
                .allSatisfy(kind -> assertThat(kind.keys()).containsExactly("any field"));
        assertThat(all())
                .flatExtracting(Writable::objects)
                .noneMatch(kind -> kind.keys().isEmpty());
    }

    @Test
    void whatTheAccountTellsIsSaidInWords() {
        assertThat(named("hubspot").objects().getFirst().keys()).contains("those that the account tells");
    }
}
