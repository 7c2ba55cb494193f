package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.SyncReport;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.ledger.WriteEntry;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.scenario.TestBed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is in an audience that is mirrored, by what, and that nobody stays in it by what was put in before. */
class AudienceMembersTest {

    private static final String CARAVAN = """
        connections:
          files: {connector: files, path: data}
          there: {connector: meta, api_base: "ADDRESS", access_token: "{{file:secrets/token}}", account: act_4200001}
        """;

    private static final String HEAD = """
        model: {connection: files, path: rows.csv, key: id, columns: {worth: integer}}
        destination: {connection: there, object: audience_23850000000000001, operation: mirror, key: {EXTERN_ID: id}}
        guardrails: {max_changed: 100%, max_removed: 100%, min_rows: 0%, max_cleared: 100%}
        fields:
        """;

    private static final String EMAIL = "  EMAIL: {column: email, normalise: meta.email | sha256.hex}\n";
    private static final String PHONE = "  PHONE: {column: phone, normalise: meta.phone | sha256.hex}\n";
    private static final String WORTH = "  LOOKALIKE_VALUE: worth\n";

    private static final String COLUMNS = "id,email,phone,worth\n";
    private static final String BO = "2,b@example.com,442087654322,1\n";

    @TempDir
    private Path folder;

    private TestBed bed(String fields) {
        TestBed bed = new TestBed(folder, SandboxSpec.defaults());
        bed.write(
                        "caravan.yaml",
                        CARAVAN.replace("ADDRESS", bed.sandbox().uri("meta").toString()))
                .write("secrets/token", "caravan-demo-meta-token\n")
                .write("mappings/test.yaml", HEAD + fields);
        bed.sandbox().vendor("meta").settings().change(Map.of("html_every", 0));
        return bed;
    }

    private static TestBed rows(TestBed bed, String... rows) {
        return bed.write("data/rows.csv", COLUMNS + String.join("", rows));
    }

    private static List<JsonNode> members(TestBed bed) {
        return bed.sandbox().vendor("meta").records("members").stream()
                .map(JsonNode.class::cast)
                .toList();
    }

    private static JsonNode member(TestBed bed, String id) {
        return members(bed).stream()
                .filter(member -> member.path("EXTERN_ID").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Runs until nothing is left to do, with time between them in which what was lost lands. */
    private static void settles(TestBed bed) {
        for (int run = 0; run < 6; run++) {
            SyncReport report = bed.settle();
            if (report.accounting().planned() == 0) {
                return;
            }
            bed.pass(Duration.ofMinutes(30));
            bed.sandbox().clock().advance(Duration.ofMinutes(30));
        }
        assertThat(bed.settle().accounting().planned()).isZero();
    }

    /** Nobody is to give Meta telephone numbers any more. */
    @Test
    void whatIsNotMappedAnyMoreIsNotSentAnyMore() {
        try (TestBed bed = bed(EMAIL + PHONE + WORTH)) {
            rows(bed, "1,a@example.com,442087654321,1\n", BO);
            assertThat(bed.settle().accounting().accepted()).isEqualTo(2);

            bed.write("mappings/test.yaml", HEAD + EMAIL + WORTH);
            rows(bed, "1,a@example.com,442087654321,2\n", BO);
            settles(bed);

            JsonNode one = member(bed, "1");
            assertThat(one.path("LOOKALIKE_VALUE").asText()).isEqualTo("2");
            assertThat(members(bed))
                    .hasSize(2)
                    .allSatisfy(
                            member -> assertThat(member.path("PHONE").asText()).isEmpty());
        }
    }

    @Test
    void whoWasKnownByWhatIsNotMappedAnyMoreIsTakenOutUnderThatToo() {
        try (TestBed bed = bed(EMAIL + PHONE + WORTH)) {
            rows(bed, "1,a@example.com,442087654321,1\n", BO);
            assertThat(bed.settle().accounting().accepted()).isEqualTo(2);

            bed.write("mappings/test.yaml", HEAD + EMAIL);
            SyncReport edited = bed.settle();
            assertThat(edited.remove()).isEqualTo(2);
            assertThat(bed.sandbox().writes().getLast())
                    .returns("remove", WriteEntry::operation)
                    .returns(List.of("EXTERN_ID", "EMAIL", "PHONE"), WriteEntry::fields);
            settles(bed);
            assertThat(members(bed)).hasSize(2);

            rows(bed, BO);
            assertThat(bed.settle().remove()).isEqualTo(1);
            assertThat(bed.sandbox().writes().getLast().fields()).containsExactly("EXTERN_ID", "EMAIL");
            assertThat(members(bed)).hasSize(1);
        }
    }

    private static void loseAnswersOf(TestBed bed, String step) {
        bed.sandbox()
                .faults()
                .add(new Fault("lost", null, null, null, step, 0, Fault.ALWAYS, new FaultAction.LoseAnswer()));
    }

    private static void answersAgain(TestBed bed) {
        bed.sandbox().faults().clear();
        bed.pass(Duration.ofMinutes(30));
        bed.sandbox().clock().advance(Duration.ofMinutes(30));
    }

    /** Nothing was ever accepted of her, but all of it arrived. */
    @Test
    void whoWasPutInByALostRequestIsTakenOutUnderThatWhenTheRowChanges() {
        try (TestBed bed = bed(EMAIL)) {
            rows(bed, "1,a@example.com,,1\n", BO);
            loseAnswersOf(bed, "meta.members.add");
            assertThat(bed.settle().accounting().accepted()).isZero();
            assertThat(members(bed)).hasSize(2);
            answersAgain(bed);

            rows(bed, "1,new@example.com,,1\n", BO);
            loseAnswersOf(bed, "meta.members.remove");
            assertThat(bed.settle().accounting().unknown()).isEqualTo(1);
            answersAgain(bed);
            settles(bed);
            assertThat(members(bed))
                    .extracting(member -> member.path("EXTERN_ID").asText())
                    .containsExactlyInAnyOrder("1", "2");
        }
    }

    @Test
    void whoWasPutInByALostRequestIsTakenOutUnderThatWhenTheRowLeaves() {
        try (TestBed bed = bed(EMAIL)) {
            rows(bed, "1,a@example.com,,1\n", BO);
            loseAnswersOf(bed, "meta.members.add");
            assertThat(bed.settle().accounting().accepted()).isZero();
            answersAgain(bed);

            rows(bed, BO);
            settles(bed);
            assertThat(members(bed))
                    .extracting(member -> member.path("EXTERN_ID").asText())
                    .containsExactly("2");
        }
    }

    /** Two people of one household have one telephone number, whichever way it is written. */
    @Test
    void whoSharesANumberWithOneWhoLeavesStays() {
        try (TestBed bed = bed(EMAIL + PHONE)) {
            String an = "1,a@example.com,442087654321,1\n";
            rows(bed, an, "2,b@example.com,+44 2087 654321,1\n", "3,c@example.com,442087654323,1\n");
            assertThat(bed.settle().accounting().accepted()).isEqualTo(3);
            rows(bed, an, "3,c@example.com,442087654323,1\n");
            assertThat(bed.settle().remove()).isEqualTo(1);
            assertThat(bed.sandbox().writes().getLast())
                    .returns("remove", WriteEntry::operation)
                    .returns(List.of("EXTERN_ID", "EMAIL"), WriteEntry::fields);
            assertThat(members(bed))
                    .extracting(member -> member.path("EXTERN_ID").asText())
                    .containsExactlyInAnyOrder("1", "3");
            assertThat(bed.settle().accounting().planned()).isZero();
        }
    }

    /** Nobody can take the one out without the other; it waits until the other leaves too. */
    @Test
    void whoIsKnownByNothingElseIsHeld() {
        try (TestBed bed = bed(PHONE)) {
            String an = "1,,442087654321,1\n";
            rows(bed, an, "2,,442087654321,1\n", "3,,442087654323,1\n");
            assertThat(bed.settle().accounting().accepted()).isEqualTo(3);
            rows(bed, an, "3,,442087654323,1\n");
            SyncReport held = bed.settle();
            assertThat(held.heldBy()).isEqualTo(Map.of("shared_identifier", 1L));
            assertThat(members(bed)).hasSize(2);

            rows(bed, "3,,442087654323,1\n");
            SyncReport both = bed.settle();
            assertThat(both.accounting().accepted()).isEqualTo(2);
            assertThat(members(bed)).hasSize(1);
            assertThat(bed.settle().accounting().planned()).isZero();
        }
    }

    @Test
    void whoSharedANumberAndHasAnotherNowLeavesItToTheOther() {
        try (TestBed bed = bed(PHONE)) {
            rows(bed, "1,,442087654321,1\n", "2,,442087654321,1\n");
            assertThat(bed.settle().accounting().accepted()).isEqualTo(2);
            rows(bed, "1,,442087654321,1\n", "2,,442087654322,1\n");
            settles(bed);
            assertThat(bed.sandbox().writes()).extracting(WriteEntry::operation).containsOnly("add");
            assertThat(members(bed)).hasSize(2);
        }
    }

    /** Who breaks the contract and was never sent is no member, and takes nothing out when he leaves. */
    @Test
    void aNumberThatOnlyAnInvalidRowHasIsTakenOut() {
        try (TestBed bed = bed(EMAIL + PHONE + "contract: {checks: [{not_null: [worth]}], valid_share: 10%}\n")) {
            rows(bed, "1,a@example.com,442087654321,1\n", BO);
            assertThat(bed.settle().accounting().accepted()).isEqualTo(2);
            rows(bed, "1,a@example.com,442087654329,1\n", BO, "3,c@example.com,442087654321,\n");
            assertThat(bed.settle().remove()).isEqualTo(1);
            assertThat(bed.sandbox().writes().getLast())
                    .returns("remove", WriteEntry::operation)
                    .returns(List.of("EXTERN_ID", "EMAIL", "PHONE"), WriteEntry::fields);
            settles(bed);
        }
    }

    @Test
    void aNumberThatARowHasWhichIsInvalidByNowStaysWithItsMember() {
        try (TestBed bed = bed(EMAIL + PHONE + "contract: {checks: [{not_null: [worth]}], valid_share: 10%}\n")) {
            rows(bed, "1,a@example.com,442087654321,1\n", "2,b@example.com,442087654321,1\n");
            assertThat(bed.settle().accounting().accepted()).isEqualTo(2);
            rows(bed, "1,a@example.com,442087654321,1\n", "2,b@example.com,442087654321,\n");
            assertThat(bed.settle().accounting().planned()).isZero();
            rows(bed, "2,b@example.com,442087654321,\n");
            assertThat(bed.settle().remove()).isEqualTo(1);
            assertThat(bed.sandbox().writes().getLast())
                    .returns("remove", WriteEntry::operation)
                    .returns(List.of("EXTERN_ID", "EMAIL"), WriteEntry::fields);
        }
    }

    /** The edit and the leaving come in one run. */
    @Test
    void whoLeavesWithTheEditIsTakenOutUnderAllThatWasSent() {
        try (TestBed bed = bed(EMAIL + PHONE + WORTH)) {
            rows(bed, "1,a@example.com,442087654321,1\n", BO);
            assertThat(bed.settle().accounting().accepted()).isEqualTo(2);

            bed.write("mappings/test.yaml", HEAD + EMAIL);
            rows(bed, BO);
            bed.settle();
            assertThat(bed.sandbox().writes())
                    .filteredOn(write -> write.operation().equals("remove"))
                    .hasSize(2)
                    .allSatisfy(write -> assertThat(write.fields()).containsExactly("EXTERN_ID", "EMAIL", "PHONE"));
        }
    }

    private static final String BY_EXT = "id,ext,email,phone,worth\n";

    private TestBed byExt() {
        return bed(EMAIL + PHONE)
                .write("mappings/test.yaml", (HEAD + EMAIL + PHONE).replace("{EXTERN_ID: id}", "{EXTERN_ID: ext}"));
    }

    private static void ext(TestBed bed, String... rows) {
        bed.write("data/rows.csv", BY_EXT + String.join("", rows));
    }

    private static final String BO_BY_EXT = "2,y,b@example.com,442087654322,1\n";

    /** Her key is another's from the next run on: first she is taken out, under all that she was put in with. */
    @Test
    void whoLeavesIsTakenOutThoughAnotherGetsHerKey() {
        try (TestBed bed = byExt()) {
            ext(bed, "1,x,a@example.com,442087654321,1\n", BO_BY_EXT);
            assertThat(bed.settle().accounting().accepted()).isEqualTo(2);
            ext(bed, "3,x,c@example.com,442087654323,1\n", BO_BY_EXT);
            SyncReport first = bed.settle();
            assertThat(first.remove()).isEqualTo(1);
            assertThat(first.heldBy()).isEqualTo(Map.of("key_not_left", 1L));
            assertThat(bed.sandbox().writes().getLast())
                    .returns("remove", WriteEntry::operation)
                    .returns(List.of("EXTERN_ID", "EMAIL", "PHONE"), WriteEntry::fields);
            assertThat(members(bed)).hasSize(1);
            settles(bed);
            assertThat(members(bed))
                    .extracting(member -> member.path("EXTERN_ID").asText())
                    .containsExactlyInAnyOrder("x", "y");
            ext(bed, BO_BY_EXT);
            assertThat(bed.settle().accounting().planned()).isEqualTo(1);
            assertThat(members(bed)).hasSize(1);
        }
    }

    /** Of a household, say: what others have is not named, and who has nothing else gives way at once. */
    @Test
    void whoHasNothingThatIsNotAnothersGivesWayToTheOneWhoGetsHerKey() {
        try (TestBed bed = byExt()) {
            ext(bed, "1,x,a@example.com,442087654321,1\n", BO_BY_EXT);
            assertThat(bed.settle().accounting().accepted()).isEqualTo(2);
            ext(bed, "3,x,a@example.com,442087654321,1\n", BO_BY_EXT);
            assertThat(bed.settle().accounting().accepted()).isEqualTo(1);
            settles(bed);
            assertThat(bed.sandbox().writes()).extracting(WriteEntry::operation).containsOnly("add");
            assertThat(members(bed)).hasSize(2);

            ext(bed, BO_BY_EXT);
            settles(bed);
            assertThat(members(bed)).hasSize(1);
        }
    }

    @Test
    void whatTheOneWhoGetsHerKeyHasTooIsNotNamed() {
        try (TestBed bed = byExt()) {
            ext(bed, "1,x,a@example.com,442087654321,1\n", BO_BY_EXT);
            assertThat(bed.settle().accounting().accepted()).isEqualTo(2);
            ext(bed, "3,x,c@example.com,442087654321,1\n", BO_BY_EXT);
            bed.settle();
            assertThat(bed.sandbox().writes().getLast())
                    .returns("remove", WriteEntry::operation)
                    .returns(List.of("EXTERN_ID", "EMAIL"), WriteEntry::fields);
            settles(bed);
            assertThat(members(bed)).hasSize(2);
        }
    }

    /** A run that may not remove anybody put the other in: she cannot go without that one, and is shown. */
    @Test
    void whoseKeyAMemberHasIsHeldUntilThatOneLeaves() {
        try (TestBed bed = byExt()) {
            ext(bed, "1,x,a@example.com,442087654321,1\n", BO_BY_EXT);
            assertThat(bed.settle().accounting().accepted()).isEqualTo(2);
            ext(bed, ",z,z@example.com,442087654329,1\n", "3,x,c@example.com,442087654323,1\n", BO_BY_EXT);
            assertThat(bed.settle().accounting().accepted()).isEqualTo(1);
            ext(bed, "3,x,c@example.com,442087654323,1\n", BO_BY_EXT);
            for (int run = 0; run < 2; run++) {
                assertThat(bed.settle().heldBy()).isEqualTo(Map.of("shared_identifier", 1L));
                assertThat(members(bed)).hasSize(3);
            }
            ext(bed, BO_BY_EXT);
            assertThat(bed.settle().remove()).isEqualTo(2);
            assertThat(members(bed))
                    .extracting(member -> member.path("EXTERN_ID").asText())
                    .containsExactly("y");
        }
    }
}
