package dev.caravan.app.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.declared.DeclaredDestination;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Described;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.Drive;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.Value;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log-in has told is in the requests that are sent under it, wherever the connector names it. */
class DeclaredLogInTest {

    private static final String CONNECTOR = """
            settings: {host: {kind: address}, secret: {secret: true}}
            base_url: "{{ settings.host }}"
            headers: {X-Org: "{{ login.org }}"}
            auth:
              type: oauth2_client_credentials
              token_url: "{{ settings.host }}/token"
              client_id: id
              client_secret: "{{ settings.secret }}"
              capture: {org: $.org, region: $.region, api: $.api}
            account: {get: "/me/{{ login.org }}", at: $.id}
            objects:
              - names: [things]
                fields: [{name: k, key: true}, {name: name}]
                operations:
                  update:
                    class: A
                    request:
                      post: "/orgs/{{ login.org }}/things/{{ row.key }}"
                      query: {region: "{{ login.region? }}"}
                      body: {org: "{{ login.org }}", name: "{{ row.field.name }}"}
                    answers: [{join: all}]
            """;

    @TempDir
    private Path state;

    private final Deque<String> tokens = new ArrayDeque<>();
    private DeclaredBed bed;

    @BeforeEach
    void open() throws IOException {
        bed = new DeclaredBed();
        bed.answering(seen -> {
            if (seen.path().startsWith("/token")) {
                return new DeclaredBed.Told(200, "{\"access_token\":\"t\"," + tokens.removeFirst() + "}");
            }
            return seen.path().contains("/me/")
                    ? new DeclaredBed.Told(200, "{\"id\":\"acme\"}")
                    : new DeclaredBed.Told(200, "{}");
        });
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private List<Outcome> update(Opened opened, Transport transport, String key, String name) {
        DeclaredDestination destination = (DeclaredDestination) opened.destination();
        Drive drive = new Drive(request -> transport.send(request, ""));
        Described.Schema described = (Described.Schema) drive.run(destination.describe("things"));
        Write write = new Write(1, Kind.CHANGE, new Value.Text(key), null, Map.of("name", new Value.Text(name)));
        return drive.run(destination.deliver(
                new Batch(Action.UPDATE, false, "things", "k", described.schema(), List.of(write))));
    }

    private Opened opened(String connector) {
        return bed.open(state, connector, Map.of("host", bed.url(), "secret", "s"));
    }

    @Test
    void itIsFilledInWhenItIsSentAndAnewAfterAnotherLogIn() {
        tokens.add("\"org\":\"o/1\"");
        tokens.add("\"org\":\"o2\",\"region\":\"eu\"");
        Opened opened = opened(CONNECTOR);
        try (Transport transport = opened.transport()) {
            // A cell that is written like a place to fill stays a cell.
            assertThat(update(opened, transport, "{{ login.org }}", "0"))
                    .containsExactly(new Outcome.Accepted(null, false));
            DeclaredBed.Seen sent = bed.seen.getLast();
            assertThat(sent.path()).isEqualTo("/orgs/o%2F1/things/%7B%7B%20login.org%20%7D%7D");
            assertThat(sent.body()).isEqualTo("{\"org\":\"o/1\",\"name\":\"0\"}");
            assertThat(sent.headers()).containsEntry("x-org", "o/1");
            assertThat(bed.seen.get(1).path()).as("which account answers").isEqualTo("/me/o%2F1");

            int before = bed.seen.size();
            bed.answering(seen -> new DeclaredBed.Told(
                    seen.headers().getOrDefault("x-org", "").equals("o/1") ? 401 : 200,
                    seen.path().startsWith("/token")
                            ? "{\"access_token\":\"t\"," + tokens.removeFirst() + "}"
                            : "{\"id\":\"acme\"}"));
            assertThat(update(opened, transport, "a", "b")).containsExactly(new Outcome.Accepted(null, false));
            assertThat(bed.seen.subList(before, bed.seen.size()))
                    .extracting(DeclaredBed.Seen::path)
                    .containsExactly("/orgs/o%2F1/things/a", "/token", "/me/o2", "/orgs/o2/things/a?region=eu");
        }
    }

    @Test
    void withoutWhatTheyNeedRequestsAreNotSent() {
        tokens.add("\"region\":\"eu\"");
        tokens.add("\"region\":\"eu\"");
        Opened opened =
                opened(CONNECTOR.replace("account: {get: \"/me/{{ login.org }}\", at: $.id}", "account: {of: a}"));
        try (Transport transport = opened.transport()) {
            assertThat(update(opened, transport, "a", "b"))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Deferred.class,
                            later -> assertThat(later.reason()).isEqualTo("login"));
        }
        assertThat(bed.seen).extracting(DeclaredBed.Seen::path).containsExactly("/token");
    }

    @Test
    void aBaseAddressIsTakenFromTheLogInsOwnDomainAlone() {
        String connector = CONNECTOR.replace("base_url: \"{{ settings.host }}\"", "base_url: \"{{ login.api }}\"");
        tokens.add("\"org\":\"o\",\"api\":\"" + bed.url() + "/here\"");
        Opened well = opened(connector);
        try (Transport transport = well.transport()) {
            update(well, transport, "a", "b");
        }
        assertThat(bed.seen.getLast().path()).isEqualTo("/here/orgs/o/things/a");

        bed.seen.clear();
        tokens.add("\"org\":\"o\",\"api\":\"http://localhost.evil.example\"");
        try (Transport transport = opened(connector).transport()) {
            assertThat(transport.login())
                    .isInstanceOfSatisfying(
                            Reply.NotSent.class,
                            not -> assertThat(not.detail()).contains("no address that may be asked"));
        }
        assertThat(bed.seen).extracting(DeclaredBed.Seen::path).containsExactly("/token");
    }
}
