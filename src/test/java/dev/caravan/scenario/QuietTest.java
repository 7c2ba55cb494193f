package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import dev.caravan.app.SyncReport;
import dev.caravan.problem.Code;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** What is not said and not asked: no keys and values in logs, no stack traces for failures we know, no needless requests. */
@Isolated("listens to everything that is logged")
class QuietTest {

    private static final String CANARY = "canary";

    @TempDir
    private Path folder;

    private static List<ILoggingEvent> logged(Runnable what) {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        Level before = root.getLevel();
        List<Appender<ILoggingEvent>> console = new ArrayList<>();
        root.iteratorForAppenders().forEachRemaining(console::add);
        console.forEach(root::detachAppender);
        events.start();
        root.addAppender(events);
        root.setLevel(Level.INFO);
        try {
            what.run();
        } finally {
            root.setLevel(before);
            root.detachAppender(events);
            console.forEach(root::addAppender);
        }
        return List.copyOf(events.list);
    }

    @Test
    void logsHoldNeitherKeysNorValues() {
        List<ILoggingEvent> events = logged(() -> {
            try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING + "  Code__c: extra\n")) {
                String row = CANARY + "%d," + CANARY + ",1,A," + CANARY + "," + CANARY;
                SmallLeads.model(bed, row.formatted(1), row.formatted(2), row.formatted(3) + " is far too long");
                bed.sandbox()
                        .faults()
                        .add(Fault.once(new FaultAction.LoseAnswer()).on(null, "composite"));
                assertThat(bed.sync().accounting().rejected()).isEqualTo(1);
                bed.sandbox().faults().add(Fault.once(refused()).on(null, "composite"));
                SmallLeads.model(bed, row.formatted(1).replace(",1,A", ",2,A"), row.formatted(2), row.formatted(3));
                assertThat(bed.sync().state()).isEqualTo("failed");
            }
        });
        assertThat(events).isNotEmpty();
        assertThat(events).extracting(ILoggingEvent::getFormattedMessage).noneMatch(line -> line.contains(CANARY));
        assertThat(events).extracting(ILoggingEvent::getThrowableProxy).containsOnlyNulls();
    }

    private static FaultAction refused() {
        return new FaultAction.Respond(
                403,
                Map.of("Content-Type", "application/json"),
                "[{\"errorCode\":\"API_DISABLED_FOR_ORG\",\"message\":\"" + CANARY + "\"}]");
    }

    @Test
    void aFailureThatIsKnownIsNotPrintedByCamel() {
        List<ILoggingEvent> events = logged(() -> {
            try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
                assertThat(TestBed.refusal(bed::sync)).isNotEmpty();
                SmallLeads.model(bed, SmallLeads.many(1, "note"));
                bed.sync();
                bed.sandbox().salesforce().becomeOrganisation("00DXx0000000003");
                bed.restart();
                SmallLeads.model(bed, SmallLeads.many(2, "note"));
                assertThat(TestBed.refusal(bed::sync)).containsExactly(Code.TARGET_IDENTITY);
            }
        });
        assertThat(events).noneMatch(event -> event.getLevel() == Level.ERROR);
        assertThat(events).extracting(ILoggingEvent::getThrowableProxy).containsOnlyNulls();
    }

    @Test
    void aRunWithoutChangesAsksNothingEvenAfterARestart() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, SmallLeads.many(3, "note"));
            bed.sync();
            bed.restart();
            long requests = bed.sandbox().state().requests();
            SyncReport again = bed.sync();
            assertThat(again.requests()).isZero();
            assertThat(again.summary().orElseThrow().same()).isEqualTo(3);
            assertThat(bed.sandbox().state().requests()).isEqualTo(requests);
        }
    }

    @Test
    void samplesShowKeysAsTheyWereTyped() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, "Ab-1,Ann,1,A,note,x");
            assertThat(bed.plan().summary().orElseThrow().samples().getFirst().key())
                    .isEqualTo("Ab-1");
        }
    }
}
