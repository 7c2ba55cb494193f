package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.SyncReport;
import dev.caravan.guard.Verdict;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.normalise.Compiled;
import dev.caravan.normalise.Normalised;
import dev.caravan.normalise.Normaliser;
import dev.caravan.normalise.Normalisers;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.run.Accounting;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.scenario.TestBed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An audience that holds exactly the model's rows, by the hash of their e-mail addresses. */
class GoogleDataManagerScenarioTest extends DeclaredScenario {

    private static final String MEMBER = "member";
    private static final Normaliser HASH =
            ((Compiled.Done) Normalisers.compile("google.email | sha256.hex")).normaliser();

    @Override
    String vendor() {
        return "datamanager";
    }

    @Override
    String connector() {
        return "google_data_manager";
    }

    @Override
    String connection(String address) {
        return """
            api_base: %s
            token_url: %s/token
            client_id: caravan-demo
            client_secret: "{{file:secrets/client}}"
            refresh_token: "{{file:secrets/refresh}}"
            account_id: "4200001"
            customer_match_terms: ACCEPTED
            """.formatted(address, address);
    }

    @Override
    Map<String, String> secrets() {
        return Map.of("client", "caravan-demo-secret", "refresh", "caravan-demo-refresh");
    }

    /** The worker's time jumps where it waits for a request, the sandbox's does not. */
    @Override
    Map<String, Object> traps() {
        return Map.of("processing_ms", 20);
    }

    @Override
    Set<String> writes() {
        return Set.of("datamanager.members.ingest", "datamanager.members.remove");
    }

    @Override
    String mapping() {
        return """
            destination:
              connection: there
              object: audience_77
              operation: mirror
              key: {email: {column: email, normalise: google.email | sha256.hex}}
            fields: {}
            """;
    }

    @Override
    String nameField() {
        return "given_name";
    }

    /** An audience knows no names. Every thirteenth row has an address that is none: it is not sent at all. */
    @Override
    Row row(int number, String name) {
        return new Row("%03d".formatted(number), number % 13 == 0 ? "p" + number : "p" + number + "@gmail.com", MEMBER);
    }

    @Override
    boolean taken(Row row) {
        return row.email().contains("@");
    }

    @Override
    List<Held> held(Sandbox sandbox) {
        Map<String, String> ids = new HashMap<>();
        for (int number = 1; number <= rows() + 1; number++) {
            Row row = row(number, "");
            if (HASH.apply(row.email()) instanceof Normalised.Text hash) {
                ids.put(hash.value(), row.id());
            }
        }
        List<Held> held = new ArrayList<>();
        for (JsonNode member : sandbox.vendor("datamanager").records("members")) {
            String hash = member.at("/identifiers/0/emailAddress").asText();
            held.add(new Held(ids.getOrDefault(hash, "stranger"), MEMBER));
        }
        return held;
    }

    @Test
    void whoWaitsForTheAnswerHearsIt() {
        try (TestBed bed = bed()) {
            bed.write("data/rows.csv", "id,email,name\n1,a@gmail.com,member\n2,b@gmail.com,member\n");
            List<String> heard = new ArrayList<>();
            SyncReport report = bed.operations()
                    .sync(TestBed.MAPPING, (phase, done, total) -> heard.add(phase + " " + done + " of " + total));
            assertThat(report.accounting().accepted()).isEqualTo(2);
            assertThat(heard).containsSubsequence("deliver 0 of 2", "wait 0 of 2", "deliver 2 of 2");
        }
    }

    private static final String EXPIRING = """
        model: {connection: files, path: rows.csv, key: id}
        destination:
          connection: there
          object: audience_77
          operation: mirror
          key: {email: {column: email, normalise: google.email | sha256.hex}}
        fields: {}
        """;

    /** Google ends a membership after 540 days at most. */
    @Test
    void membersAreUploadedAgainBeforeTheirMembershipEnds() {
        try (TestBed bed = bed()) {
            bed.write(
                    "mappings/test.yaml",
                    EXPIRING.replace("  operation: mirror\n", "  operation: mirror\n  resend_every: 400d\n")
                            + "guardrails: {max_changed: 0%, max_resent: 50%}\n");
            people(bed, 1, 30);
            assertThat(bed.settle().accounting().accepted()).isEqualTo(30);
            later(bed, 200);
            people(bed, 1, 31);
            assertThat(bed.settle().accounting().accepted()).as("the new one").isEqualTo(1);
            later(bed, 199);
            assertThat(bed.sync().accounting().planned()).as("399 days").isZero();

            later(bed, 2);
            trouble(bed, new FaultAction.LoseAnswer());
            SyncReport half = bed.sync();
            assertThat(half.accounting().planned()).as("half of 31").isEqualTo(16);
            assertThat(half.change()).isEqualTo(16);
            assertThat(half.guards())
                    .filteredOn(verdict -> verdict.guard().equals("max_resent"))
                    .extracting(Verdict::detail)
                    .containsExactly(
                            "16 of 31 sent again (51.6 %), limit 50 %; 14 more are due and wait for later runs");
            SyncReport rest = bed.sync();
            for (int run = 0; run < 3; run++) {
                later(bed, 1);
                rest = bed.sync();
                assertThat(rest.accounting().balances()).isTrue();
            }
            assertThat(rest.accounting().planned()).as("all are renewed").isZero();
            assertThat(members(bed)).hasSize(31);

            later(bed, 190);
            assertThat(members(bed)).as("592 days after the first upload").hasSize(31);
            later(bed, 7);
            assertThat(bed.sync().accounting().accepted()).as("who came later").isEqualTo(1);
        }
    }

    @Test
    void whoIsNotUploadedAgainIsGoneInTheEndAndNobodyIsTold() {
        try (TestBed bed = bed()) {
            bed.write("mappings/test.yaml", EXPIRING + "guardrails: {max_changed: 0%}\n");
            people(bed, 1, 5);
            assertThat(bed.settle().accounting().accepted()).isEqualTo(5);
            later(bed, 539);
            assertThat(members(bed)).hasSize(5);
            later(bed, 2);
            assertThat(bed.sync().accounting().planned()).isZero();
            assertThat(members(bed)).isEmpty();
        }
    }

    private static void later(TestBed bed, int days) {
        bed.pass(Duration.ofDays(days));
        bed.sandbox().clock().advance(Duration.ofDays(days));
    }

    private static void people(TestBed bed, int from, int to) {
        StringBuilder lines = new StringBuilder("id,email,name\n");
        for (int number = from; number <= to; number++) {
            lines.append("%03d,q%d@gmail.com,x%n".formatted(number, number));
        }
        bed.write("data/rows.csv", lines.toString());
    }

    private static void trouble(TestBed bed, FaultAction action) {
        bed.sandbox().faults().add(new Fault("trouble", null, null, null, "datamanager.members.ingest", 0, 1, action));
    }

    private static final String EVENTS = """
        model: {connection: files, path: rows.csv, key: id}
        destination: {connection: there, object: events_9, operation: append, key: {transaction_id: id}}
        fields: {event_timestamp: at, gclid: gclid}
        guardrails: {max_changed: 100%}
        """;

    /** Google takes the request and counts one of its events as refused, without saying which. */
    @Test
    void anEventThatGoogleRefusesDoesNotHoldUpTheOthers() {
        try (TestBed bed = bed()) {
            bed.write("mappings/test.yaml", EVENTS);
            StringBuilder rows = new StringBuilder("id,at,gclid\n");
            for (int i = 0; i < 10; i++) {
                rows.append("t%d,2026-11-23T00:00:00Z,%s%d\n".formatted(i, i == 6 ? "?" : "g", i));
            }
            bed.write("data/rows.csv", rows.toString());

            SyncReport report = bed.settle();

            assertThat(report.accounting()).isEqualTo(new Accounting(10, 9, 1, 0, 0, 0));
            assertThat(bed.sandbox().vendor("datamanager").records("events"))
                    .extracting(event -> event.path("transactionId").asText())
                    .hasSize(9)
                    .doesNotContain("t6");
            assertThat(bed.settle().accounting().planned()).isZero();
        }
    }

    /** Somebody else's event has the transaction id of one that was never sent before: which one, Google does not say. */
    @Test
    void anothersEventIsNotTakenForOurs() {
        try (TestBed bed = bed()) {
            bed.write("mappings/test.yaml", EVENTS);
            bed.write("data/rows.csv", "id,at,gclid\nt3,2026-11-23T00:00:00Z,others\n");
            assertThat(bed.settle().accounting().accepted()).isEqualTo(1);
            bed.operations().reset(TestBed.MAPPING, new Decision("tester", "", Instant.EPOCH));
            StringBuilder rows = new StringBuilder("id,at,gclid\n");
            IntStream.range(1, 6).forEach(i -> rows.append("t%d,2026-11-23T00:00:00Z,g%d\n".formatted(i, i)));
            bed.write("data/rows.csv", rows.toString());

            SyncReport first = bed.settle();

            assertThat(first.accounting()).isEqualTo(new Accounting(5, 0, 0, 0, 5, 0));
            assertThat(bed.settle().heldBy()).as("for a person").containsExactly(entry("unknown", 5L));
            assertThat(bed.sandbox().vendor("datamanager").records("events"))
                    .extracting(event -> event.at("/adIdentifiers/gclid").asText())
                    .containsExactlyInAnyOrder("others", "g1", "g2", "g4", "g5");
            bed.write("mappings/test.yaml", EVENTS.replace("append,", "append, on_unknown: drop,"));
            assertThat(bed.settle().accounting().accepted())
                    .as("whoever made them")
                    .isEqualTo(5);
            assertThat(bed.settle().accounting().planned()).isZero();
        }
    }

    private static final String WHOLE_MEMBERS = """
        model: {connection: files, path: rows.csv, key: id}
        destination:
          connection: there
          object: audience_77
          operation: mirror
          key: {email: {column: email, normalise: google.email | sha256.hex}}
        fields:
          phone: {column: phone, normalise: google.phone | sha256.hex}
          given_name: {column: given, normalise: google.given_name | sha256.hex}
          family_name: {column: family, normalise: google.family_name | sha256.hex}
          region_code: {column: region, normalise: google.region}
          postal_code: {column: zip, normalise: google.postal_code}
          ad_user_data: consent
        guardrails: {max_changed: 100%, max_removed: 100%}
        """;

    /** A family name and a telephone number change: under the old ones nobody is a member any more, and no address goes in part. */
    @Test
    void aMemberThatIsKnownByOthersNowIsTakenOutAndPutInAnew() {
        try (TestBed bed = bed()) {
            bed.write("mappings/test.yaml", WHOLE_MEMBERS);
            String header = "id,email,phone,given,family,region,zip,consent\n";
            String bo = "2,b@example.com,+442012345678,Bo,Byron,GB,,\n";
            bed.write(
                    "data/rows.csv", header + "1,a@example.com,+442087654321,Ada,Byron,GB,LS1,CONSENT_GRANTED\n" + bo);
            assertThat(bed.settle().accounting().accepted()).isEqualTo(2);
            List<JsonNode> before = members(bed);
            assertThat(before).hasSize(2);
            assertThat(before.get(0).at("/2/address")).hasSize(4);
            assertThat(before.get(1)).as("half an address stays at home").hasSize(2);

            bed.write("data/rows.csv", header + "1,a@example.com,+442087654322,Ada,King,GB,LS1,CONSENT_GRANTED\n" + bo);
            assertThat(bed.settle().accounting().accepted()).isEqualTo(1);
            assertThat(members(bed)).as("under what it was known by").containsExactly(before.get(1));
            assertThat(bed.settle().accounting().accepted()).isEqualTo(1);
            List<JsonNode> after = members(bed);
            assertThat(after).hasSize(2).contains(before.get(1)).doesNotContain(before.get(0));
            assertThat(after.get(1).at("/2/address")).hasSize(4);
            assertThat(bed.settle().accounting().planned()).isZero();

            bed.write("data/rows.csv", header + "1,a@example.com,+442087654322,Ada,King,GB,LS1,CONSENT_DENIED\n" + bo);
            assertThat(bed.settle().accounting().accepted()).isEqualTo(1);
            assertThat(members(bed)).as("it is the same member").hasSameElementsAs(after);
        }
    }

    private static List<JsonNode> members(TestBed bed) {
        return bed.sandbox().vendor("datamanager").records("members").stream()
                .map(member -> member.path("identifiers"))
                .toList();
    }

    /** Whoever maps an address as it is, or hashed as another platform wants it, is told before anything is planned. */
    @Test
    void onlyThePlatformsOwnHashesAreTaken() {
        try (TestBed bed = bed()) {
            bed.write("data/rows.csv", "id,email,name\n1,a@example.com,x\n");
            for (String source : List.of("email", "{column: email, normalise: meta.email | sha256.hex}")) {
                String plain = mapping().replace("{column: email, normalise: google.email | sha256.hex}", source);
                bed.write("mappings/test.yaml", "model: {connection: files, path: rows.csv, key: id}\n" + plain);
                assertThatThrownBy(bed::sync)
                        .isInstanceOf(InvalidInput.class)
                        .hasMessageContaining("holds hashes of its platform")
                        .hasMessageContaining("google.email | sha256.hex");
            }
        }
    }
}
