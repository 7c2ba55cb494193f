package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.Progress;
import dev.caravan.app.SyncReport;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.Code;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One mapping runs once at a time, two mappings side by side. */
class TwoRunsTest {

    @TempDir
    private Path folder;

    @Test
    void aSecondRunOfTheSameMappingIsRefused() throws InterruptedException, ExecutionException, TimeoutException {
        CountDownLatch planned = new CountDownLatch(1);
        CountDownLatch tried = new CountDownLatch(1);
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, SmallLeads.many(3, "note"));
            bed.operations();
            CompletableFuture<SyncReport> first =
                    CompletableFuture.supplyAsync(() -> bed.operations().sync(TestBed.MAPPING, (step, done, total) -> {
                        if (step.equals("guard")) {
                            planned.countDown();
                            await(tried);
                        }
                    }));
            assertThat(planned.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(TestBed.refusal(bed::sync)).containsExactly(Code.RUN_BUSY);
            tried.countDown();
            assertThat(first.get(30, TimeUnit.SECONDS).accounting().accepted()).isEqualTo(3);
            assertThat(bed.sync().accounting().planned()).isZero();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void twoMappingsRunSideBySide() throws InterruptedException, ExecutionException, TimeoutException {
        String other = SmallLeads.MAPPING
                .replace("object: Lead", "object: Contact")
                .replace("  Company: {constant: Acme}\n", "")
                .replace("  Score__c: score\n  Grade__c: grade\n  Note__c: note\n", "");
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING).write("mappings/other.yaml", other)) {
            SmallLeads.model(bed, SmallLeads.many(300, "note"));
            bed.sandbox()
                    .faults()
                    .add(Fault.once(new FaultAction.Slow(4096, Duration.ofMillis(5)))
                            .times(Fault.ALWAYS));
            bed.operations();
            CompletableFuture<SyncReport> leads = CompletableFuture.supplyAsync(bed::sync);
            CompletableFuture<SyncReport> contacts =
                    CompletableFuture.supplyAsync(() -> bed.operations().sync(new MappingId("other"), Progress.NONE));
            assertThat(leads.get(60, TimeUnit.SECONDS).accounting().accepted()).isEqualTo(300);
            assertThat(contacts.get(60, TimeUnit.SECONDS).accounting().accepted())
                    .isEqualTo(300);
            assertThat(bed.sandbox().state().records()).isEqualTo(Map.of("Lead", 300, "Contact", 300));
        }
    }
}
