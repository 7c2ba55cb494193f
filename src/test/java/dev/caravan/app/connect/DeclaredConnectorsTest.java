package dev.caravan.app.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.re2j.Pattern;
import dev.caravan.config.settings.ConnectorKind;
import dev.caravan.config.settings.Limits;
import dev.caravan.connector.declared.spec.LimitsSpec;
import dev.caravan.connector.declared.template.When;
import dev.caravan.delivery.limit.DayLimit;
import dev.caravan.delivery.link.ConnectionLimits;
import dev.caravan.problem.Problem;
import dev.caravan.transport.HttpRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which connectors a workspace has, and how hard a connection on one may be used. */
class DeclaredConnectorsTest {

    @TempDir
    private Path workspace;

    @Test
    void whatIsMadeInTheFolderComesWithCaravan() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("connectors"))) {
            List<String> made = folders.filter(each -> Files.exists(each.resolve("connector.yaml")))
                    .map(each -> each.getFileName().toString())
                    .sorted()
                    .toList();
            assertThat(DeclaredConnectors.SHIPPED).containsExactlyElementsOf(made);
        }
        DeclaredConnectors shipped = DeclaredConnectors.of(workspace);
        assertThat(shipped.problems()).isEmpty();
        assertThat(shipped.specs()).containsOnlyKeys(DeclaredConnectors.SHIPPED);
        assertThat(shipped.kinds())
                .filteredOn(kind -> kind.name().equals("hubspot"))
                .singleElement()
                .satisfies(kind -> {
                    assertThat(kind.destination()).isTrue();
                    assertThat(kind.source()).isFalse();
                    assertThat(kind.keys())
                            .filteredOn(ConnectorKind.Key::secret)
                            .extracting(ConnectorKind.Key::name)
                            .containsExactly("access_token", "client_secret", "refresh_token");
                });
    }

    @Test
    void aBrokenOneOfTheWorkspaceIsNotReplacedInSilence() throws IOException {
        Files.createDirectories(workspace.resolve("connectors/hubspot"));
        Files.writeString(workspace.resolve("connectors/hubspot/connector.yaml"), "connector: hubspot\n");
        DeclaredConnectors connectors = DeclaredConnectors.of(workspace);
        assertThat(connectors.find("hubspot")).isEmpty();
        assertThat(connectors.problems())
                .isNotEmpty()
                .extracting(Problem::oneLine)
                .allSatisfy(line -> assertThat(line).startsWith("connectors/hubspot/connector.yaml"));
    }

    @Test
    void aConnectionUsesNoMoreThanItsConnectorAllows() {
        DeclaredConnectors connectors = DeclaredConnectors.of(workspace);
        var spec = connectors.find("hubspot").orElseThrow().limits();
        ConnectionLimits free = DeclaredLimits.of(spec, Map.of("tier", "free"), Optional.empty());
        assertThat(free.windows()).first().isEqualTo(new ConnectionLimits.Window(100, Duration.ofSeconds(10)));
        assertThat(free.requestsPerSecond()).isEqualTo(10);
        assertThat(free.windows()).last().satisfies(searches -> {
            assertThat(searches.requests()).isEqualTo(4);
            assertThat(searches.concerns())
                    .accepts(HttpRequest.get("/crm/v3/objects/contacts/search?x=/", Duration.ofSeconds(1)))
                    .rejects(HttpRequest.get("/crm/v3/objects/contacts?x=/search", Duration.ofSeconds(1)));
        });
        ConnectionLimits paid = DeclaredLimits.of(spec, Map.of("tier", "enterprise"), Optional.empty());
        assertThat(paid.windows()).first().isEqualTo(new ConnectionLimits.Window(190, Duration.ofSeconds(10)));

        var asked = new Limits(BigDecimal.valueOf(3), 50, new BigDecimal("0.5"), Optional.empty());
        ConnectionLimits less = DeclaredLimits.of(spec, Map.of("tier", "enterprise"), Optional.of(asked));
        assertThat(less.requestsPerSecond()).isEqualTo(3);
        assertThat(less.concurrency()).as("no more than the connector's").isEqualTo(4);
        assertThat(less.dailyQuotaShare()).isEqualTo(0.5);
    }

    @Test
    void whereAConnectorNamesNoRateTheConnectionDoes() {
        var meta = DeclaredConnectors.of(workspace).find("meta").orElseThrow().limits();
        assertThat(meta.requests())
                .as("it tells of its allowance in answers alone")
                .isEmpty();
        assertThat(DeclaredLimits.of(meta, Map.of(), Optional.empty()).requestsPerSecond())
                .isEqualTo(20);
        ConnectionLimits own = DeclaredLimits.of(meta, Map.of(), Optional.of(asked("75", 30)));
        assertThat(own.requestsPerSecond()).isEqualTo(75);
        assertThat(own.concurrency()).as("that one it names").isEqualTo(4);

        LimitsSpec silent = new LimitsSpec(0, List.of(), List.of());
        assertThat(DeclaredLimits.of(silent, Map.of(), Optional.of(asked("75", 30)))
                        .concurrency())
                .isEqualTo(30);
        assertThat(DeclaredLimits.of(silent, Map.of(), Optional.empty()).concurrency())
                .isEqualTo(4);

        var window = new Limits(
                BigDecimal.valueOf(75),
                30,
                new BigDecimal("0.7"),
                Optional.of(new Limits.Window(600, Duration.ofMinutes(1))));
        ConnectionLimits slow = DeclaredLimits.of(silent, Map.of(), Optional.of(window));
        assertThat(slow.requestsPerSecond()).isEqualTo(10);
        assertThat(slow.windows()).containsExactly(new ConnectionLimits.Window(600, Duration.ofMinutes(1)));

        LimitsSpec searches = new LimitsSpec(
                0,
                List.of(new LimitsSpec.Rate(
                        "search", 4, Duration.ofSeconds(1), When.ALWAYS, Optional.of(Pattern.compile(".*/search")))),
                List.of());
        assertThat(DeclaredLimits.of(searches, Map.of(), Optional.of(asked("75", 30)))
                        .requestsPerSecond())
                .as("a rate of some requests is none of all")
                .isEqualTo(75);
    }

    /** Others use the account too, but nobody shares what the connection gives itself. */
    @Test
    void ofADayWritesHaveOurShareAndASettingSaysHowMuchItIs() {
        DeclaredConnectors connectors = DeclaredConnectors.of(Path.of("."));
        LimitsSpec marketo = connectors.find("marketo").orElseThrow().limits();
        assertThat(DeclaredLimits.of(marketo, Map.of("daily_requests", "50000"), Optional.empty())
                        .days())
                .singleElement()
                .satisfies(day -> {
                    assertThat(day.most()).isEqualTo(50_000);
                    assertThat(day.writes()).isEqualTo(35_000);
                    assertThat(day.rows()).isFalse();
                    assertThat(day.day()).hasValue(new DayLimit.Day(LocalTime.MIDNIGHT, ZoneId.of("America/Chicago")));
                });
        LimitsSpec ads = connectors.find("google_ads").orElseThrow().limits();
        Limits own = new Limits(
                BigDecimal.TEN,
                4,
                new BigDecimal("0.5"),
                Optional.empty(),
                Optional.of(new Limits.Day(700, LocalTime.MIDNIGHT, Optional.empty())));
        ConnectionLimits limits = DeclaredLimits.of(ads, Map.of("daily_operations", "2880"), Optional.of(own));
        assertThat(limits.days())
                .extracting(DayLimit::name, DayLimit::most, DayLimit::writes, DayLimit::rows)
                .containsExactly(
                        tuple("operations", 2_880L, 1_440L, true), tuple("requests_per_day", 700L, 665L, false));
        assertThat(limits.days()).extracting(DayLimit::day).containsOnly(Optional.empty());
        assertThat(limits.requestsPerSecond()).as("a day is no pace").isEqualTo(1);
        assertThat(DeclaredLimits.of(ads, Map.of(), Optional.empty()).days())
                .as("a setting that may be left out, and is")
                .isEmpty();
    }

    private static Limits asked(String requestsPerSecond, int concurrency) {
        return new Limits(new BigDecimal(requestsPerSecond), concurrency, new BigDecimal("0.7"), Optional.empty());
    }

    @Test
    void aConnectorOfTheHouseIsReplacedByNoFile() throws IOException {
        Files.createDirectories(workspace.resolve("connectors/kafka"));
        Files.writeString(workspace.resolve("connectors/kafka/connector.yaml"), "connector: kafka\n");
        assertThat(DeclaredConnectors.of(workspace).problems())
                .singleElement()
                .extracting(Problem::oneLine)
                .asString()
                .startsWith("connectors/kafka/connector.yaml")
                .contains("no file replaces");
    }

    @Test
    void anEditIsTakenOverWhereItIsSoundAndAsksForNoOtherSettings() throws IOException {
        String spot = Files.readString(Path.of("src/test/resources/connectors/spot/connector.yaml"));
        LiveConnectors live = new LiveConnectors(with(spot));
        assertThat(live.takeOver(with(spot))).isEmpty();

        assertThat(live.takeOver(with(spot.replace("title: Spot", "title: Dog"))))
                .containsExactly("spot");
        assertThat(live.find("spot").orElseThrow().title()).isEqualTo("Dog");

        assertThat(live.takeOver(with("connector: spot\n"))).isEmpty();
        assertThat(live.find("spot").orElseThrow().title())
                .as("the last good one")
                .isEqualTo("Dog");

        String asking = spot.replace("settings:\n", "settings:\n  tier: {about: new}\n");
        assertThat(live.takeOver(with(asking))).isEmpty();
        assertThat(live.problems())
                .singleElement()
                .extracting(Problem::oneLine)
                .asString()
                .contains("restart the worker");
        assertThat(live.find("spot").orElseThrow().title()).isEqualTo("Dog");

        assertThat(live.takeOver(with(spot))).containsExactly("spot");
        assertThat(live.problems()).isEmpty();
        Files.delete(workspace.resolve("connectors/spot/connector.yaml"));
        assertThat(live.takeOver(DeclaredConnectors.of(workspace))).isEmpty();
        assertThat(live.find("spot")).isPresent();
    }

    private DeclaredConnectors with(String spot) throws IOException {
        Files.createDirectories(workspace.resolve("connectors/spot"));
        Files.writeString(workspace.resolve("connectors/spot/connector.yaml"), spot);
        return DeclaredConnectors.of(workspace);
    }
}
