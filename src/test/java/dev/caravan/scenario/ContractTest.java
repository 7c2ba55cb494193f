package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.Progress;
import dev.caravan.app.SyncReport;
import dev.caravan.contract.CheckResult.Quarantined;
import dev.caravan.guard.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are not fit to be sent, and good values that are not to be wiped. */
class ContractTest {

    @TempDir
    private Path folder;

    private TestBed bed(String more) {
        return SmallLeads.bed(folder, SmallLeads.MAPPING + more);
    }

    private static Map<String, Long> reasons(SyncReport report) {
        return report.summary().orElseThrow().invalidByReason();
    }

    private static List<String> held(SyncReport report) {
        return report.guards().stream()
                .filter(Verdict.Held.class::isInstance)
                .map(Verdict::guard)
                .toList();
    }

    /** One row that is good and six that are not. */
    private TestBed invalidRows() {
        TestBed bed = bed("""
                contract:
                  checks:
                    - {not_null: name}
                    - {range: {score: [0, 10]}}
                    - {accepted: {grade: [A, B, C, D]}}
                  valid_share: 10%
                """);
        SmallLeads.model(
                bed,
                "a,Ann,1,A,note,x",
                "b,,1,A,note,x",
                "c,Cy,11,A,note,x",
                "d,Di,1,E,note,x",
                ",Ed,1,A,note,x",
                "f,Flo,1,A,note,x",
                "f,Flo,2,A,note,x");
        return bed;
    }

    @Test
    void everyInvalidRowHasItsReasonAndStopsNoOther() {
        try (TestBed bed = invalidRows()) {
            SyncReport report = bed.sync();
            assertThat(report.rows()).isEqualTo(7);
            assertThat(report.invalid()).isEqualTo(6);
            assertThat(report.accounting().accepted()).isEqualTo(1);
            assertThat(reasons(report).values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(6);
            assertThat(reasons(report))
                    .hasSize(5)
                    .containsEntry("duplicate_key", 2L)
                    .containsEntry("null_key", 1L);
            assertThat(SmallLeads.inSandbox(bed, "LastName")).isEqualTo(Map.of("a", "Ann"));
            assertThat(bed.sync().requests()).isZero();
        }
    }

    @Test
    void invalidRowsAreNamedByTheirKeysWhereThatIsAskedFor() {
        try (TestBed bed = invalidRows()) {
            assertThat(bed.plan().quarantined()).as("nobody asked").isEmpty();
            assertThat(bed.operations().invalid(TestBed.MAPPING, Progress.NONE).quarantined())
                    .containsExactly(
                            new Quarantined("b", List.of("not_null:name")),
                            new Quarantined("c", List.of("range:score")),
                            new Quarantined("d", List.of("accepted:grade")),
                            new Quarantined("", List.of("null_key")),
                            new Quarantined("f", List.of("duplicate_key")),
                            new Quarantined("f", List.of("duplicate_key")));
        }
    }

    /** Salesforce compares external ids in any case; whoever looks for the row looks in the model. */
    @Test
    void keysAreNamedAsTheModelHasThem() {
        try (TestBed bed = bed("contract: {checks: [{not_null: name}], valid_share: 10%}\n")) {
            SmallLeads.model(bed, "Ax,,1,A,note,x", "Bx," + "x".repeat(300) + ",1,A,note,x");
            assertThat(bed.operations().invalid(TestBed.MAPPING, Progress.NONE).quarantined())
                    .extracting(Quarantined::key)
                    .containsExactly("Ax", "Bx");
        }
    }

    /** What the destination would not take is known only once the row is mapped. */
    @Test
    void aRowThatDoesNotFitIsNamedByItsKeyToo() {
        try (TestBed bed = bed("")) {
            SmallLeads.model(bed, "a,Ann,1,A,note,x", "b," + "x".repeat(300) + ",1,A,note,x");
            SyncReport invalid = bed.operations().invalid(TestBed.MAPPING, Progress.NONE);
            assertThat(invalid.quarantined()).containsExactly(new Quarantined("b", List.of("too_long:LastName")));
            assertThat(invalid.invalid()).isEqualTo(1);
        }
    }

    @Test
    void tooManyInvalidRowsHoldThePlan() {
        try (TestBed bed = bed("contract: {checks: [{range: {score: [0, 10]}}], valid_share: 70%}\n")) {
            SmallLeads.model(bed, "b,Bob,99,A,note,x");
            assertThat(bed.sync().state()).isEqualTo("held");
            SmallLeads.model(bed, "a,Ann,1,A,note,x", "b,Bob,99,A,note,x", "c,Cy,99,A,note,x");
            SyncReport fresh = bed.sync();
            assertThat(held(fresh))
                    .as("a plan that sends nothing does not stand")
                    .containsExactly("valid_share");
            assertThat(fresh.add()).isEqualTo(1);
            assertThat(bed.sandbox().writes()).isEmpty();
        }
    }

    @Test
    void whatCannotFitTheDestinationIsInvalidAndNeverSent() {
        try (TestBed bed = bed("contract: {valid_share: 10%}\n")) {
            SmallLeads.model(
                    bed,
                    "a,Ann,1,A,note,x",
                    "b,Bob,1,A,a note of more than twenty characters,x",
                    "c,Cy,123456.5,A,note,x",
                    "d,Di,1,E,note,x",
                    "e,,1,A,note,x");
            SyncReport report = bed.sync();
            assertThat(report.accounting().planned()).isEqualTo(1);
            assertThat(report.invalid()).isEqualTo(4);
            assertThat(reasons(report))
                    .isEqualTo(Map.of(
                            "too_long:Note__c", 1L,
                            "out_of_range:Score__c", 1L,
                            "not_in_list:Grade__c", 1L,
                            "null_not_allowed:LastName", 1L));
        }
    }

    @Test
    void aColumnOfTextThatIsNoNumberIsRefusedWithItsPlace() {
        try (TestBed bed = bed("")) {
            SmallLeads.model(bed, "a,Ann,lots,A,note,x", "b,Bob,2,B,note,x");
            SyncReport report = bed.sync();
            assertThat(report.invalid()).isEqualTo(1);
            assertThat(report.accounting().accepted()).isEqualTo(1);
        }
    }

    @Test
    void aFieldThatIsWipedInManyRowsIsWithheldAndComesBack() {
        try (TestBed bed = bed("guardrails: {max_cleared: 5%, max_changed: 100%}\n")) {
            SmallLeads.model(bed, SmallLeads.many(40, "note"));
            bed.sync();
            bed.written();
            List<String> rows = new ArrayList<>(Arrays.asList(SmallLeads.many(40, "note")));
            for (int i = 0; i < 4; i++) {
                rows.set(i, rows.get(i).replace("note", "").replace(",A,", ",B,"));
            }
            SmallLeads.model(bed, rows.toArray(String[]::new));
            SyncReport report = bed.sync();
            assertThat(report.guards())
                    .anySatisfy(verdict -> assertThat(verdict)
                            .isInstanceOfSatisfying(Verdict.Dropped.class, dropped -> {
                                assertThat(dropped.field()).isEqualTo("Note__c");
                                assertThat(dropped.rows()).isEqualTo(4);
                            }));
            assertThat(report.accounting().balances()).isTrue();
            assertThat(bed.written()).hasSize(4).allMatch(write -> write.endsWith(" Id__c,Grade__c"));
            assertThat(SmallLeads.inSandbox(bed, "Note__c")).containsEntry("p001", "note");
            SmallLeads.model(bed, SmallLeads.many(40, "note"));
            bed.sync();
            assertThat(bed.written()).hasSize(4).allMatch(write -> write.endsWith(" Id__c,Grade__c"));
            rows.subList(1, 4).replaceAll(row -> row.replace(",,", ",note,"));
            SmallLeads.model(bed, rows.toArray(String[]::new));
            bed.sync();
            assertThat(SmallLeads.inSandbox(bed, "Note__c"))
                    .containsEntry("p001", "")
                    .containsEntry("p002", "note");
        }
    }

    @Test
    void aFieldThatIsWipedInMostRowsHoldsThePlan() {
        try (TestBed bed = bed("guardrails: {max_cleared: 2%, max_changed: 100%}\n")) {
            SmallLeads.model(bed, SmallLeads.many(10, "note"));
            bed.sync();
            SmallLeads.model(bed, SmallLeads.many(10, ""));
            SyncReport held = bed.sync();
            assertThat(held(held)).containsExactly("max_cleared");
            assertThat(bed.approve(held).accounting().accepted()).isEqualTo(10);
            assertThat(SmallLeads.inSandbox(bed, "Note__c").values()).containsOnly("");
        }
    }
}
