package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlTest extends SandboxTests {

    @Test
    void theStateCountsWhatHappened() throws Exception {
        upsertLead("L1", "");
        JsonNode state = client.get("/__sandbox/state").json();
        assertThat(state.path("records")).isEqualTo(Client.json(q("{'Lead':1}")));
        assertThat(state.path("requests").asInt()).isEqualTo(2);
        assertThat(state.path("requests_by_operation")).isEqualTo(Client.json(q("{'collections.upsert':1,'login':1}")));
        assertThat(state.path("api_usage").asInt()).isEqualTo(1);
        assertThat(state.path("logins").asInt()).isEqualTo(1);
        assertThat(state.path("writes").asInt()).isEqualTo(1);
        JsonNode requests = client.get("/__sandbox/requests").json();
        assertThat(requests.path("requests").path(1).path("path").asText())
                .isEqualTo(Client.API + "/composite/sobjects/Lead/Lead_Id__c");
    }

    @Test
    void recordsComeInPagesOrAllAtOnce() throws Exception {
        for (String key : new String[] {"A", "B", "C"}) {
            upsertLead(key, "");
        }
        JsonNode all = client.get("/__sandbox/records/Lead").json();
        assertThat(all.path("records").size()).isEqualTo(3);
        JsonNode page = client.get("/__sandbox/records/Lead?offset=1&limit=1").json();
        assertThat(page.path("total").asInt()).isEqualTo(3);
        assertThat(page.path("records").size()).isEqualTo(1);
        assertThat(page.path("records").path(0).path("Lead_Id__c").asText()).isEqualTo("B");
        JsonNode narrow = client.get("/__sandbox/records/Lead?fields=Id,lead_id__c&limit=1")
                .json();
        assertThat(narrow.path("records").path(0).size()).isEqualTo(2);
        assertThat(client.get("/__sandbox/records/Nope").status()).isEqualTo(404);
    }

    @Test
    void resetForgetsAllButTheOrganisation() throws Exception {
        upsertLead("L1", "");
        String organisation = sandbox.state().organisation();
        assertThat(client.post("/__sandbox/reset", "").status()).isEqualTo(204);
        SandboxState state = sandbox.state();
        assertThat(state.records().values()).allMatch(count -> count == 0);
        assertThat(state.requests()).isZero();
        assertThat(state.writes()).isZero();
        assertThat(state.organisation()).isEqualTo(organisation);
        assertThat(client.get(Client.API + "/limits").status()).isEqualTo(401);
        client.login();
        assertThat(upsertLead("L1", "").path("created").asBoolean()).isTrue();
    }

    @Test
    void timeLatencyAndSchemaCanBeChanged() throws Exception {
        assertThat(client.post("/__sandbox/clock", q("{'advance':'PT90M'}")).status())
                .isEqualTo(204);
        assertThat(sandbox.clock().instant()).isEqualTo(START.plus(Duration.ofMinutes(90)));
        assertThat(client.post("/__sandbox/clock", q("{'advance':'soon'}")).status())
                .isEqualTo(400);
        assertThat(client.post("/__sandbox/latency", q("{'ms':5}")).status()).isEqualTo(204);
        assertThat(sandbox.latency()).isEqualTo(Duration.ofMillis(5));

        upsertLead("L1", q(",'Grade__c':'A'"));
        client.post("/__sandbox/schema", q("{'object':'Lead','field':'Company','length':3}"));
        assertThat(upsertLead("L1", "")
                        .path("errors")
                        .path(0)
                        .path("statusCode")
                        .asText())
                .isEqualTo("STRING_TOO_LONG");
        client.post("/__sandbox/schema", q("{'object':'Lead','field':'Grade__c','remove':true}"));
        assertThat(client.get(Client.API + "/sobjects/Lead/describe").text()).doesNotContain("Grade__c");
        assertThat(client.upsert("Lead/Lead_Id__c", "[" + lead("L1", q(",'Grade__c':'A'")) + "]")
                        .code())
                .isEqualTo("INVALID_FIELD");
        assertThat(client.post("/__sandbox/schema", q("{'object':'Lead','field':'Nope','remove':true}"))
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:%d, '', 200",
        "localhost:%d, '', 200",
        "evil.example:%d, '', 403",
        "127.0.0.1:%d, Origin: http://localhost:3000, 200",
        "127.0.0.1:%d, Origin: https://evil.example, 403",
        "127.0.0.1:%d, Origin: http://localhost.evil.example, 403",
        "127.0.0.1:%d, Sec-Fetch-Site: cross-site, 403",
    })
    void theControlApiAnswersThisMachineOnly(String host, String header, int status) throws Exception {
        int port = sandbox.baseUri().getPort();
        String more = header.isEmpty() ? "" : header + "\r\n";
        String request = "GET /__sandbox/state HTTP/1.1\r\nHost: " + host.formatted(port) + "\r\n" + more
                + "Connection: close\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void limitsCountDownAndRefuse() throws Exception {
        try (Sandbox small = Sandbox.start(SPEC.withDailyLimit(2), 0);
                Client other = new Client(small).login()) {
            assertThat(other.get("/services/data").header("Sforce-Limit-Info")).isEmpty();
            Client.Answer first = other.get(Client.API + "/limits");
            assertThat(first.header("Sforce-Limit-Info")).isEqualTo("api-usage=1/2");
            assertThat(first.json().path("DailyApiRequests")).isEqualTo(Client.json(q("{'Max':2,'Remaining':1}")));
            assertThat(other.get(Client.API + "/limits").status()).isEqualTo(200);
            assertThat(other.get(Client.API + "/limits").code()).isEqualTo("REQUEST_LIMIT_EXCEEDED");
        }
    }
}
