package dev.caravan.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.app.Diagnosis.Finding;
import dev.caravan.app.Diagnosis.Level;
import dev.caravan.app.Operations;
import dev.caravan.app.Progress;
import dev.caravan.app.Samples;
import dev.caravan.app.json.Json;
import dev.caravan.app.json.PlanJson;
import dev.caravan.app.json.ReportJson;
import dev.caravan.app.json.SentJson;
import dev.caravan.app.json.StatusJson;
import dev.caravan.app.lock.OwnerNote;
import dev.caravan.ledger.Deliveries.Refused;
import dev.caravan.ledger.Pause;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The API over real HTTP, through Camel's server, as another process meets it. */
class ApiTest {

    private static Served served;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void serve() throws Exception {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        served = new Served(Servers.quiet(), Map.of());
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @BeforeEach
    void fresh() {
        served.operations.asked.clear();
        served.operations.pauses.clear();
        served.operations.state = "done";
        served.operations.whileRunning = () -> {};
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(served.api().resolve(path)).header("Authorization", "Bearer " + served.token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void theClientSeesWhatTheOwnerSees() {
        RemoteOperations client = served.client();
        assertThat(ReportJson.write(client.sync(Samples.LEADS, Progress.NONE)))
                .hasToString(ReportJson.write(Samples.report("done")).toString());
        served.operations.state = "held";
        assertThat(client.plan(Samples.LEADS, Progress.NONE).state()).isEqualTo("held");
        served.operations.state = "planned";
        assertThat(client.invalid(Samples.LEADS, Progress.NONE).quarantined())
                .isEqualTo(Samples.report("planned").quarantined());
        assertThat(client.approve("3f9a/%", Samples.decision(), Progress.NONE).plan())
                .isEqualTo(Samples.HASH);
        assertThat(PlanJson.write(client.reject("3f9a", Samples.decision())))
                .hasToString(PlanJson.write(Samples.plan()).toString());
        assertThat(StatusJson.write(client.status().getFirst()))
                .hasToString(StatusJson.write(Samples.status()).toString());
        assertThat(client.refused(212)).extracting(Refused::field).containsExactly("Name", null);
        assertThat(client.runs(Optional.of(Samples.LEADS), 7)).hasSize(2).contains(Samples.run(212));
        assertThat(client.show(212).run()).isEqualTo(212);
        assertThat(client.planView("3f9a", 3).rows()).hasSize(1);
        assertThat(client.record(Optional.empty(), "L1|ü & ?", true).stream().map(SentJson::write))
                .hasSize(1);
        client.reset(Samples.LEADS, Samples.decision());
        assertThat(client.audit(5)).containsExactly(Samples.audit());
        assertThat(client.findings()).containsExactly(new Finding("ledger", Level.OK, "opens"));
        assertThat(served.operations.asked)
                .containsExactly(
                        "sync growth/lead-scores",
                        "plan growth/lead-scores",
                        "invalid growth/lead-scores",
                        "approve 3f9a/% by ada because looks right",
                        "reject 3f9a by ada because looks right",
                        "status",
                        "refused 212",
                        "runs growth/lead-scores 7",
                        "show 212",
                        "planView 3f9a 3",
                        "record L1|ü & ? of all",
                        "reset growth/lead-scores by ada because looks right",
                        "audit 5");
    }

    @Test
    void pausesOfEveryScopeTravel() {
        RemoteOperations client = served.client();
        assertThat(client.pause(new Scope.All(), Samples.decision())).isEmpty();
        served.operations.pauses.add(Samples.pause());
        served.operations.pauses.add(new Pause(new Scope.OnConnection("crm"), Samples.decision()));
        assertThat(client.pause(Samples.pause().scope(), Samples.decision())).contains(Samples.pause());
        assertThat(client.pauses()).isEqualTo(served.operations.pauses());
        Operations.Resumed resumed = client.resume(new Scope.OnConnection("crm"), Samples.decision());
        assertThat(resumed.lifted()).contains(served.operations.pauses().getLast());
        assertThat(resumed.left()).containsExactly(Samples.pause());
        assertThat(served.operations.asked)
                .containsExactly(
                        "pause all by ada because looks right",
                        "pause mapping:growth/lead-scores by ada because looks right",
                        "resume connection:crm by ada because looks right");
    }

    @Test
    void forgettingAndRepairingGoThroughTheOwner() {
        RemoteOperations client = served.client();
        assertThat(client.forget(Optional.of(Samples.LEADS), "L1", Samples.decision()))
                .containsExactly(Samples.forgot());
        assertThat(client.forget(Optional.empty(), "ü|& ?", Samples.decision())).isEmpty();
        assertThat(client.repair()).containsExactly(new Finding("ledger", Level.REPAIRED, "was: shut; now: opens"));
        assertThat(served.operations.asked)
                .containsExactly(
                        "forget L1 of growth/lead-scores by ada because looks right",
                        "forget ü|& ? by ada because looks right");
    }

    @Test
    void whatStandsAndWhatIsReplayedGoThroughTheOwner() {
        RemoteOperations client = served.client();
        assertThat(client.rejected(Optional.empty(), 7)).isEqualTo(Samples.stands());
        assertThat(client.rejected(Optional.of(Samples.LEADS), 20)).isEqualTo(Samples.stands());
        assertThat(client.replay(Samples.LEADS, Set.of(), Optional.empty(), Samples.decision()))
                .isEqualTo(new Operations.Replayed(2, 0));
        assertThat(client.replay(
                        Samples.LEADS, Set.of("L9", "ü|& ?"), Optional.of(OnUnknown.RESEND), Samples.decision()))
                .isEqualTo(new Operations.Replayed(2, 1));
        assertThat(served.operations.asked)
                .containsExactly(
                        "rejected all 7",
                        "rejected growth/lead-scores 20",
                        "replay growth/lead-scores [] by ada because looks right",
                        "replay growth/lead-scores [L9, ü|& ?] RESEND by ada because looks right");
    }

    @Test
    void progressIsSeenWhileItRuns() {
        CountDownLatch seen = new CountDownLatch(1);
        served.operations.whileRunning = () -> {
            try {
                seen.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        List<String> steps = new ArrayList<>();
        served.client().sync(Samples.LEADS, (phase, done, total) -> {
            steps.add(phase + " " + done + " of " + total);
            if (phase.equals("deliver")) {
                seen.countDown();
            }
        });
        assertThat(steps).contains("deliver 3 of 6");
    }

    @Test
    void failuresArriveAsTheyWereThrown() {
        RemoteOperations client = served.client();
        MappingId unknown = new MappingId("no/such");
        assertThatThrownBy(() -> client.pause(new Scope.OnMapping(unknown), Samples.decision()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("mapping.unknown");
        assertThatThrownBy(() -> client.sync(unknown, Progress.NONE)).isInstanceOf(InvalidInput.class);
        served.operations.whileRunning = () -> {
            throw new RunFailure(Problem.of(Code.RUN_ACCOUNTING, "does not balance", ""));
        };
        assertThatThrownBy(() -> client.sync(Samples.LEADS, Progress.NONE))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("run.accounting");
        served.operations.whileRunning = () -> {
            throw new IllegalStateException("a secret of the implementation");
        };
        assertThatThrownBy(() -> client.sync(Samples.LEADS, Progress.NONE))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("IllegalStateException")
                .hasMessageNotContaining("a secret");
    }

    @Test
    void withoutTheTokenNothingIsAnswered() throws Exception {
        assertThat(send(HttpRequest.newBuilder(served.api().resolve("/api/status")))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(request("/api/status").setHeader("Authorization", "Bearer wrong"))
                        .statusCode())
                .isEqualTo(401);
        HttpResponse<String> refused = send(request("/api/mappings/sync?mapping=a")
                .setHeader("Authorization", "Basic " + served.token)
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(Json.parse(refused.body()).at("/problems/0/code").asText()).isEqualTo("usage");
        assertThat(served.operations.asked).isEmpty();
    }

    @Test
    void aPageThatHadItsNameResolvedToUsIsRefused() throws Exception {
        assertThat(send(request("/api/status").setHeader("Host", "evil.example:80"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(request("/api/status").setHeader("Host", "127.0.0.1.evil.example"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(request("/api/status").setHeader("Host", "localhost")).statusCode())
                .isEqualTo(200);
        assertThat(served.operations.asked).containsExactly("status");
    }

    @Test
    void noHeaderOfARequestComesBackOrSteersCamel() throws Exception {
        HttpResponse<String> response = send(request("/api/status")
                .header("Origin", "https://evil.example")
                .header("X-Mine", "echo me")
                .header("CamelHttpResponseCode", "299")
                .header("camelhttppath", "/api/audit"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().map())
                .doesNotContainKeys("access-control-allow-origin", "x-mine", "authorization")
                .containsEntry("content-type", List.of("application/json; charset=utf-8"));
        assertThat(served.operations.asked).containsExactly("status");
    }

    @Test
    void whatIsNotThereOrNotUnderstoodIsSaid() throws Exception {
        assertThat(send(request("/api/nothing")).statusCode()).isEqualTo(404);
        assertThat(send(request("/api/operations/999")).statusCode()).isEqualTo(404);
        assertThat(send(request("/api/runs/x")).statusCode()).isEqualTo(400);
        assertThat(send(request("/api/runs?mapping=Not%20one")).statusCode()).isEqualTo(400);
        assertThat(send(request("/api/records")).statusCode()).isEqualTo(400);
        assertThat(send(request("/api/pauses/pause?scope=some").POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(request("/api/status").DELETE()).statusCode()).isEqualTo(405);
        assertThat(send(request("/api/pauses/pause?scope=mapping:no/such").POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(404);
        assertThat(send(request("/api/plans/3f9a/approve")
                                .POST(HttpRequest.BodyPublishers.ofString("x".repeat(100_000))))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void anOwnerThatIsGoneIsSaid() {
        RemoteOperations client = new RemoteOperations(new OwnerNote(1, URI.create("http://127.0.0.1:1"), "t"));
        assertThatThrownBy(client::status)
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageContaining("owner.unreachable");
    }

    @Test
    void itListensOnTheLoopbackAddressAlone() {
        assertThat(served.api().getHost()).isEqualTo("127.0.0.1");
        assertThat(served.api().getPort()).isPositive();
    }
}
