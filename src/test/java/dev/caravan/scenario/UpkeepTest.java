package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.app.Diagnosis.Finding;
import dev.caravan.app.Diagnosis.Level;
import dev.caravan.app.Forgot;
import dev.caravan.app.Progress;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction.LoseAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What upkeep lets go is missed by nobody: runs go on, records are explained, and what cannot be made again is said to be lost. */
class UpkeepTest {

    private static final String HEAD = "id,name,score,grade,note\n";

    @TempDir
    private Path folder;

    @Test
    void aLostSnapshotIsNotMadeAgainFromWhatIsLeft() throws IOException {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            bed.write("data/leads.csv", HEAD + "a,Ada,1,A,\nb,Ben,2,B,\n");
            assertThat(bed.sync().state()).isEqualTo("done");
            bed.write("data/leads.csv", HEAD + "a,Ada,3,A,\nb,Ben,2,B,\n");
            assertThat(bed.sync().accounting().accepted()).isEqualTo(1);
            bed.write("data/leads.csv", HEAD + "a,Ada,4,A,\nb,Ben,2,B,\n");
            assertThat(bed.sync().accounting().accepted()).isEqualTo(1);
            bed.time().pass(Duration.ofDays(100));

            assertThat(repaired(bed))
                    .singleElement()
                    .satisfies(done -> assertThat(done.detail()).contains("2 rows let go, values of 4 rows erased"));
            assertThat(bed.worker().diagnosis().repair()).as("again").isEmpty();
            assertThat(wrong(bed)).isEmpty();
            List<Sent> history = bed.operations().record(Optional.empty(), "a", true);
            assertThat(history).hasSize(1);
            assertThat(history.getFirst().erased()).isPresent();
            bed.written();
            bed.write("data/leads.csv", HEAD + "a,Ada,5,A,\nb,Ben,2,B,\n");
            assertThat(bed.sync().accounting().accepted()).isEqualTo(1);
            assertThat(bed.written()).containsExactly("update a Id__c,Score__c");

            bed.restart();
            Files.delete(folder.resolve("state/snapshots/test.duckdb"));
            assertThat(TestBed.refusal(bed::sync)).containsExactly(Code.SNAPSHOT_LOST);
            assertThat(wrong(bed)).hasSize(1);
            assertThat(bed.written())
                    .as("two rows would have gone without approval")
                    .isEmpty();
            bed.operations().reset(TestBed.MAPPING, by(bed));
            assertThat(bed.sync().accounting().accepted()).isEqualTo(2);
        }
    }

    @Test
    void aSnapshotBehindTheLedgerIsBroughtUp() throws IOException {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            bed.write("data/leads.csv", HEAD + "a,Ada,1,A,\nb,Ben,2,B,\n");
            assertThat(bed.sync().state()).isEqualTo("done");
            bed.restart();
            Path snapshot = folder.resolve("state/snapshots/test.duckdb");
            Files.copy(snapshot, folder.resolve("old.duckdb"));
            bed.write("data/leads.csv", HEAD + "a,Ada,3,A,\nb,Ben,2,B,\n");
            assertThat(bed.sync().accounting().accepted()).isEqualTo(1);
            bed.restart();
            Files.delete(snapshot);
            Files.move(folder.resolve("old.duckdb"), snapshot);
            Files.writeString(folder.resolve("state/snapshots/test.duckdb.new"), "cut off");

            assertThat(repaired(bed))
                    .containsExactly(
                            new Finding(
                                    "snapshot of test",
                                    Level.REPAIRED,
                                    "was: 1 outcome behind the ledger; now: holds all that the ledger has"),
                            new Finding(
                                    "snapshots",
                                    Level.REPAIRED,
                                    "was: test.duckdb.new was a copy that a crash left; now: it is deleted"));
            assertThat(bed.sync().requests()).as("nothing is sent again").isZero();
        }
    }

    @Test
    void aKeyIsForgottenAndShownInEveryMappingHoweverItComparesKeys() throws IOException {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            bed.write("mappings/copy.yaml", """
                    model: {connection: files, path: leads.csv, key: id}
                    destination: {connection: files, object: copy.csv, operation: mirror, key: {id: id}}
                    fields: {name: name}
                    """);
            bed.write("data/leads.csv", HEAD + "C30,Ada,1,A,\nc31,Ben,2,B,\n");
            bed.sync();
            bed.operations().sync(new MappingId("copy"), Progress.NONE);

            assertThat(bed.operations().record(Optional.empty(), "C30", true))
                    .extracting(sent -> sent.mapping().value())
                    .containsExactlyInAnyOrder("copy", "test");
            assertThat(bed.operations().forget(Optional.empty(), "C30", by(bed)))
                    .extracting(forgot -> forgot.mapping().value())
                    .containsExactlyInAnyOrder("copy", "test");
            assertThat(bed.operations().record(Optional.empty(), "C30", true)).isEmpty();
            assertThat(bed.operations().record(Optional.empty(), "c31", true)).hasSize(2);
        }
    }

    @Test
    void aForgottenKeyIsInNoFileAndIsAnAddAgain() throws IOException {
        String who = "grace.hopper@example.org";
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING.replace("nothing", "delete"))) {
            bed.write("data/leads.csv", HEAD + who + ",Quetzalcoatl,1,A,Xochimilco\nb,Ben,2,B,\n");
            assertThat(bed.sync().accounting().accepted()).isEqualTo(2);
            assertThat(inState(who)).isTrue();

            List<Forgot> forgot = bed.operations().forget(Optional.empty(), who.toUpperCase(Locale.ROOT), by(bed));
            assertThat(forgot).hasSize(1);
            assertThat(forgot.getFirst().snapshot()).isTrue();
            assertThat(inState(who)).as("while the worker runs").isFalse();
            bed.restart();
            assertThat(inState(who)).isFalse();
            assertThat(inState("Quetzalcoatl")).isFalse();
            assertThat(inState("Xochimilco")).isFalse();
            assertThat(wrong(bed)).isEmpty();
            assertThat(bed.operations().record(Optional.empty(), who, true)).isEmpty();
            assertThat(bed.operations()
                            .record(Optional.empty(), forgot.getFirst().token(), true))
                    .hasSize(1);
            assertThat(bed.operations().forget(Optional.empty(), who, by(bed))).isEmpty();

            bed.written();
            assertThat(bed.sync().add()).isEqualTo(1);
            bed.write("data/leads.csv", HEAD + "b,Ben,2,B,\n");
            bed.written();
            assertThat(bed.sync().state()).isEqualTo("done");
            assertThat(bed.written())
                    .as("the record was there before we knew it again")
                    .isEmpty();
        }
    }

    /** However far ahead the clock of whoever says so. */
    @Test
    void aKeyWhoseLostRequestMayStillLandIsNotForgotten() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            bed.sandbox()
                    .faults()
                    .add(Fault.once(new LoseAnswer()).times(Fault.ALWAYS).on(null, "composite"));
            bed.write("data/leads.csv", HEAD + "a,Ada,1,A,\n");
            assertThat(bed.sync().accounting().unknown()).isEqualTo(1);
            Decision ahead = new Decision("tester", "", Instant.parse("2100-01-01T00:00:00Z"));
            assertThatThrownBy(() -> bed.operations().forget(Optional.empty(), "a", ahead))
                    .isInstanceOfSatisfying(EnvironmentFailure.class, failure -> {
                        assertThat(failure.problems().getFirst().code()).isEqualTo(Code.FORGET_IN_DOUBT);
                        assertThat(failure.problems().getFirst().oneLine())
                                .contains(
                                        "forget the key after " + answered(bed).plus(Duration.ofMinutes(60)));
                    });
            bed.time().pass(Duration.ofMinutes(59));
            assertThat(TestBed.refusal(() -> bed.operations().forget(Optional.empty(), "a", by(bed))))
                    .containsExactly(Code.FORGET_IN_DOUBT);
            bed.time().pass(Duration.ofMinutes(2));
            assertThat(bed.operations().forget(Optional.empty(), "a", by(bed))).hasSize(1);
        }
    }

    private static Instant answered(TestBed bed) {
        return bed.operations()
                .record(Optional.empty(), "a", false)
                .getFirst()
                .answered()
                .orElseThrow()
                .truncatedTo(ChronoUnit.SECONDS)
                .plusSeconds(1);
    }

    private boolean inState(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static Decision by(TestBed bed) {
        return new Decision("tester", "", bed.time().time().clock().instant());
    }

    private static List<Finding> repaired(TestBed bed) {
        return bed.worker().diagnosis().repair();
    }

    private static List<Finding> wrong(TestBed bed) {
        return bed.worker().diagnosis().findings().stream()
                .filter(finding -> finding.level() == Level.WRONG)
                .toList();
    }
}
