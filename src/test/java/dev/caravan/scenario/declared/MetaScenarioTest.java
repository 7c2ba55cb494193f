package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.SyncReport;
import dev.caravan.normalise.Normalised;
import dev.caravan.normalise.Normalisers;
import dev.caravan.plan.PlanSummary;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.scenario.TestBed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An audience, whose members the sandbox knows by hashes. */
class MetaScenarioTest extends DeclaredScenario {

    @Override
    String vendor() {
        return "meta";
    }

    @Override
    String connection(String address) {
        return """
                api_base: %s
                access_token: "{{file:secrets/token}}"
                account: act_4200001
                """.formatted(address);
    }

    @Override
    Map<String, String> secrets() {
        return Map.of("token", "caravan-demo-meta-token");
    }

    @Override
    Map<String, Object> traps() {
        return Map.of("html_every", 3);
    }

    @Override
    Set<String> writes() {
        return Set.of("meta.members.add", "meta.members.remove");
    }

    @Override
    String mapping() {
        return """
                destination: {connection: there, object: audience_23850000000000001, operation: mirror, key: {EXTERN_ID: id}}
                fields:
                  EMAIL: {column: email, normalise: meta.email | sha256.hex}
                  FN: {column: name, normalise: meta.first_name | sha256.hex}
                """;
    }

    /** Some have no e-mail address at all: what is no address is not hashed. */
    @Override
    Row row(int number, String name) {
        Row row = super.row(number, name);
        return number % 13 == 0 ? new Row(row.id(), "nobody", row.name()) : row;
    }

    @Override
    boolean taken(Row row) {
        return !row.email().equals("nobody");
    }

    /** None: what is sent is a hash. */
    @Override
    String nameField() {
        return "";
    }

    @Override
    List<Held> held(Sandbox sandbox) {
        Map<String, String> names = new HashMap<>();
        for (int number = 1; number <= rows() + 1; number++) {
            for (String name : new String[] {"Ann", "Bob", "Cy"}) {
                names.put(hash(name + " " + number), name + " " + number);
            }
        }
        List<Held> held = new ArrayList<>();
        for (JsonNode member : sandbox.vendor("meta").records("members")) {
            held.add(new Held(
                    member.path("EXTERN_ID").asText(),
                    names.getOrDefault(member.path("FN").asText(), "somebody")));
        }
        return held;
    }

    /** Another address under the same id is another person to Meta, and a name alone is nobody. */
    @Test
    void aMemberThatIsKnownByOthersNowIsTakenOutAndPutInAnew() {
        try (TestBed bed = bed()) {
            bed.sandbox().vendor("meta").settings().change(Map.of("html_every", 0));
            String header = "id,email,name\n";
            bed.write("data/rows.csv", header + "1,a@example.com,Ada\n2,b@example.com,Bo\n");
            bed.settle();
            for (String row : List.of("1,a@example.com,Bea", "1,new@example.com,Bea")) {
                bed.write("data/rows.csv", header + row + "\n2,b@example.com,Bo\n");
                SyncReport out = bed.settle();
                assertThat(out.remove()).isEqualTo(1);
                assertThat(out.summary().orElseThrow().comeBack()).isEqualTo(1);
                assertThat(bed.operations().status().getFirst().unsettled().comeBack())
                        .isEqualTo(1);
                assertThat(bed.settle().add()).isEqualTo(1);
                assertThat(bed.operations().status().getFirst().unsettled().comeBack())
                        .isZero();
                assertThat(bed.settle().accounting().planned()).isZero();
                assertThat(bed.sandbox().vendor("meta").records("members"))
                        .extracting(
                                member -> member.path("EXTERN_ID").asText(),
                                member -> member.path("EMAIL").asText().length())
                        .containsExactlyInAnyOrder(tuple("1", 64), tuple("2", 64));
            }
        }
    }

    @Test
    void whoLeavesIsTakenOutAndNotDeleted() {
        try (TestBed bed = bed()) {
            bed.sandbox().vendor("meta").settings().change(Map.of("html_every", 0));
            bed.write("data/rows.csv", "id,email,name\n1,a@example.com,Ada\n2,b@example.com,Bo\n");
            bed.settle();
            bed.write("data/rows.csv", "id,email,name\n1,a@example.com,Ada\n");
            PlanSummary plan = bed.settle().summary().orElseThrow();
            assertThat(plan.removal()).isEqualTo("take out");
            assertThat(plan.samples())
                    .singleElement()
                    .satisfies(out -> assertThat(plan.action(out)).contains("take out"));
            assertThat(plan.comeBack()).isZero();
        }
    }

    /** A list that is not there: every row is refused alike, and what Meta says of it is told once. */
    @Test
    void theWordsOfARefusalOfAllRowsAreToldOnce() {
        try (TestBed bed = bed()) {
            bed.sandbox().vendor("meta").settings().change(Map.of("html_every", 0));
            bed.write(
                    "mappings/test.yaml",
                    "model: {connection: files, path: rows.csv, key: id}\n"
                            + mapping().replace("audience_23850000000000001", "audience_999"));
            bed.write("data/rows.csv", "id,email,name\n1,a@example.com,Ada\n2,b@example.com,Bo\n");

            SyncReport report = bed.sync();

            assertThat(report.error()).contains("the destination refuses every row alike (100)");
            assertThat(report.rejections()).singleElement().satisfies(all -> {
                assertThat(all.rows()).isEqualTo(2);
                assertThat(all.words())
                        .hasValueSatisfying(
                                words -> assertThat(words).contains("999").doesNotContain("example.com"));
            });
            assertThat(bed.operations().show(report.run()).rejections()).isEqualTo(report.rejections());
        }
    }

    private static String hash(String name) {
        String plain = ((Normalised.Text)
                        Normalisers.find("meta.first_name").orElseThrow().apply(name))
                .value();
        return ((Normalised.Text) Normalisers.find("sha256.hex").orElseThrow().apply(plain)).value();
    }
}
