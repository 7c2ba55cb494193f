package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.SyncReport;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.http.RequestLog;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.scenario.TestBed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HubSpot let in to as an app of OAuth, whose refresh token is good once, and spoken to by paths with a date. */
class HubSpotAppTest {

    private static final String FIRST = "caravan-demo-refresh";

    @TempDir
    private Path folder;

    /** A request of 100 rows every five seconds; a token lives for twelve. */
    private TestBed bed(String more) {
        TestBed bed = TestBed.inOneTime(folder, SandboxSpec.defaults());
        assertThat(bed.sandbox().vendor("hubspot").settings().change(Map.of("token_seconds", 12, "silent_every", 0)))
                .isEmpty();
        return bed.write("secrets/client", "caravan-demo-secret\n")
                .write("secrets/refresh", FIRST + "\n")
                .write("caravan.yaml", """
                    connections:
                      files: {connector: files, path: data}
                      crm:
                        connector: hubspot
                        api_base: "%s"
                        login: oauth
                        client_id: caravan-demo
                        client_secret: "{{file:secrets/client}}"
                        refresh_token: "{{file:secrets/refresh}}"
                        limits: {requests_per_second: 0.2}
                    %s
                    """.formatted(bed.sandbox().uri("hubspot"), more))
                .write("mappings/test.yaml", """
                    model: {connection: files, path: people.csv, key: email}
                    destination: {connection: crm, object: contacts, operation: upsert, key: {email: email}}
                    fields: {firstname: name}
                    guardrails: {max_changed: 100%}
                    """);
    }

    private static SyncReport people(TestBed bed, int many, String name) {
        bed.write(
                "data/people.csv",
                IntStream.range(0, many)
                        .mapToObj(number -> "person-" + number + "@example.com," + name)
                        .collect(Collectors.joining("\n", "email,name\n", "\n")));
        return bed.settle();
    }

    private static long named(Sandbox sandbox, String name) {
        return sandbox.vendor("hubspot").records("contacts").stream()
                .filter(contact -> contact.path("firstname").asText().equals(name))
                .count();
    }

    private String kept() throws IOException {
        try (var files = Files.walk(folder.resolve("state/tokens"))) {
            Path file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
            return Files.readString(file);
        }
    }

    @Test
    void aSyncOutlivesItsTokensAndARestartGoesOnWithTheRefreshTokenThatIsGoodNow() throws IOException {
        try (TestBed bed = bed("")) {
            SyncReport first = people(bed, 800, "Ada");
            assertThat(first.accounting().accepted()).as("%s", first).isEqualTo(800);
            assertThat(named(bed.sandbox(), "Ada")).isEqualTo(800);
            long before = bed.sandbox().vendor("hubspot").logins();
            assertThat(before).as("rotated twice and more within the run").isGreaterThanOrEqualTo(3);
            String kept = kept();

            bed.restart();
            bed.pass(Duration.ofHours(1));
            SyncReport second = people(bed, 500, "Bo");
            assertThat(second.accounting().accepted()).as("%s", second).isEqualTo(500);
            assertThat(named(bed.sandbox(), "Bo")).isEqualTo(500);
            assertThat(bed.sandbox().vendor("hubspot").logins()).isGreaterThanOrEqualTo(before + 2);
            assertThat(kept()).isNotEqualTo(kept);
            assertThat(Files.readString(folder.resolve("secrets/refresh"))).isEqualTo(FIRST + "\n");
            assertThat(bed.sandbox().requests())
                    .filteredOn(request -> request.operation().equals("hubspot.login"))
                    .as("none was refused")
                    .extracting(RequestLog.Entry::status)
                    .containsOnly(200);
        }
    }

    @Test
    void aDateStandsInPlaceOfTheVersion() {
        try (TestBed bed = bed("    api_version: 2026-03")) {
            assertThat(people(bed, 3, "Ada").accounting().accepted()).isEqualTo(3);
            List<String> paths = bed.sandbox().requests().stream()
                    .filter(request -> !request.operation().equals("hubspot.login"))
                    .map(RequestLog.Entry::path)
                    .toList();
            assertThat(paths).isNotEmpty().allMatch(path -> path.contains("/2026-03/"));
        }
    }
}
