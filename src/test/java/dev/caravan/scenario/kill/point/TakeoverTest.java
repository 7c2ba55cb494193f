package dev.caravan.scenario.kill.point;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.Ledger;
import dev.caravan.pipeline.SyncRun;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.run.RunState;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.ledger.WriteEntry;
import dev.caravan.scenario.kill.Child;
import dev.caravan.store.postgres.PostgresServer;
import dev.caravan.store.postgres.PostgresSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Processes that are stopped (SIGSTOP) in the middle of a run, longer than their lease lasts, and go on (SIGCONT) when another worker has
 * taken over and ended the run: whatever they had begun, they send nothing and commit nothing any more (invariant I10), and nothing of
 * theirs lies over what the other one wrote meanwhile (invariant I8).
 */
@Execution(ExecutionMode.CONCURRENT)
class TakeoverTest {

    private static final int ROWS = 30;
    /** What the second worker delivers is that much more than what the first one did. */
    private static final int MORE = 1_000;
    /** Rows wait in a run for what was lost before it. */
    private static final int MOST_RUNS = 5;

    @TempDir
    private Path folder;

    /** Where a process is stopped. */
    private record Stop(Kind kind, String point, int nth) {}

    private static final List<Stop> STOPS = List.of(
            new Stop(Kind.A, "claim:after", 1),
            new Stop(Kind.A, "seal:after", 1),
            new Stop(Kind.A, "begin:after", 2),
            new Stop(Kind.A, "send:left", 3),
            new Stop(Kind.A, "complete:before", 2),
            new Stop(Kind.A, "apply:after", 1),
            new Stop(Kind.B, "begin:after", 3),
            new Stop(Kind.B, "complete:before", 4),
            new Stop(Kind.E, "complete:after", 2),
            new Stop(Kind.D, "remember:after", 1));

    @Test
    void tenProcessesComeBackTooLate() throws IOException, InterruptedException {
        List<Stopped> stopped = new ArrayList<>();
        try {
            for (Stop stop : STOPS) {
                Stopped process = new Stopped(stop, folder.resolve("stop" + stopped.size()));
                stopped.add(process);
                process.stop();
            }
            for (Stopped process : stopped) {
                process.takenOver();
                process.goesOn();
            }
        } finally {
            stopped.forEach(Stopped::close);
        }
    }

    /** One process, its own sandbox and its own ledger on the server. */
    private static final class Stopped implements AutoCloseable {

        private final Stop stop;
        private final Path folder;
        private final PostgresSettings settings = PostgresServer.fresh();
        private final Sandbox sandbox;
        private final Process process;
        private final BufferedReader said;

        Stopped(Stop stop, Path folder) throws IOException {
            this.stop = stop;
            this.folder = folder;
            this.sandbox = PointKills.start();
            model("one", 0);
            model("two", MORE);
            process = Child.of(
                            SharedWorker.class,
                            folder.resolve("one").toString(),
                            sandbox.baseUri().toString(),
                            stop.kind().name(),
                            stop.point(),
                            Integer.toString(stop.nth()),
                            settings.address(),
                            settings.schema())
                    .redirectError(folder.resolve("stderr.txt").toFile())
                    .start();
            said = process.inputReader();
        }

        private void model(String worker, int more) throws IOException {
            Files.createDirectories(folder.resolve(worker + "/data"));
            Files.write(
                    folder.resolve(worker + "/data/rows.csv"),
                    IntStream.range(-1, ROWS)
                            .mapToObj(n -> n < 0 ? "id,value" : "k%02d,v%d".formatted(n, n + more))
                            .toList());
        }

        void stop() throws IOException, InterruptedException {
            assertThat(said.readLine())
                    .as("%s: %s", stop, Files.readString(folder.resolve("stderr.txt")))
                    .isEqualTo("at " + stop.point());
            signal("STOP");
            // It goes on from its point when it goes on at all.
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }

        private void signal(String name) throws IOException, InterruptedException {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            assertThat(kill.waitFor()).isZero();
        }

        void takenOver() throws InterruptedException {
            try (SlimWorker worker = second()) {
                SyncRun run = ran(worker);
                for (int runs = 1; runs < MOST_RUNS && isWaiting(run); runs++) {
                    run = ran(worker);
                }
                assertThat(run.state()).as("%s", stop).isEqualTo(RunState.DONE);
                LeadWorker.lookUp(worker, stop.kind());
                assertDelivered(worker.ledger());
            }
        }

        /** What was lost of an insert is held until somebody says what to do; all else comes by itself. */
        private boolean isWaiting(SyncRun run) {
            return run.accounting().planned()
                    > (stop.kind().inserts() ? run.accounting().held() : 0);
        }

        private SlimWorker second() {
            return LeadWorker.of(
                    folder.resolve("two"),
                    sandbox.baseUri(),
                    stop.kind(),
                    Tripwire.NONE,
                    SharedWorker.ledger(settings.address(), settings.schema(), "second"));
        }

        /**
         * As soon as the lease is over and the server has ended a transaction that stands still, whose locks are waited for. On a machine
         * too busy to renew a lease in time, again.
         */
        private SyncRun ran(SlimWorker worker) throws InterruptedException {
            while (true) {
                try {
                    return worker.run();
                } catch (EnvironmentFailure | RunFailure busy) {
                    assertThat(busy.problems().getFirst().code())
                            .as("%s", stop)
                            .isIn(Code.RUN_BUSY, Code.LEDGER_UNREACHABLE, Code.RUN_LEASE);
                    Thread.sleep(50);
                }
            }
        }

        void goesOn() throws IOException, InterruptedException {
            int before = sandbox.writes().size();
            Instant on = Instant.now();
            signal("CONT");
            assertThat(said.readLine())
                    .as("%s: %s", stop, Files.readString(folder.resolve("stderr.txt")))
                    .isIn("ended run.fenced", "ended run.lease", "ended run.stopped", "ended ledger.unreachable");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            List<WriteEntry> all = sandbox.writes();
            assertThat(sentSince(on)).as("%s: nothing is sent any more", stop).isEmpty();
            // What had passed every gate before the process was stopped arrives when it goes on.
            assertThat(all.size() - before)
                    .as("%s, on at %s: %s; %s", stop, on, sentSince(Instant.EPOCH), all.subList(before, all.size()))
                    .isLessThanOrEqualTo(LeadWorker.BATCH_ROWS);
            try (SlimWorker worker = second()) {
                SyncRun last = ran(worker);
                assertThat(last.accounting().planned())
                        .as("%s", stop)
                        .isEqualTo(last.accounting().held());
                assertDelivered(worker.ledger());
            }
        }

        /** The moments and kinds of the process's requests that carry rows, from a moment on. */
        private List<String> sentSince(Instant from) throws IOException {
            return Files.readAllLines(folder.resolve("stderr.txt")).stream()
                    .filter(line -> line.startsWith(SandboxTransport.SENT) && !line.endsWith(" other"))
                    .map(line -> line.substring(SandboxTransport.SENT.length()))
                    .filter(line ->
                            !Instant.parse(line.substring(0, line.indexOf(' '))).isBefore(from))
                    .toList();
        }

        private void assertDelivered(Ledger ledger) {
            Map<String, String> there = new TreeMap<>();
            sandbox.records("Lead").forEach(lead -> {
                String key = lead.path(stop.kind().keyField()).asText();
                String before = there.put(key, lead.path("LastName").asText());
                assertThat(before).as("%s: a second %s", stop, key).isNull();
            });
            int doubts = ledger.doubts(Kind.MAPPING).size();
            assertThat(there.size()).as("%s", stop).isBetween(ROWS - doubts, ROWS);
            assertThat(doubts == 0 || stop.kind() == Kind.E).as("%s", stop).isTrue();
            // A record that an insert made stays as it was made, by whichever of the two.
            there.forEach((key, value) -> assertThat(
                            Integer.parseInt(value.substring(1)) - Integer.parseInt(key.substring(1)))
                    .as("%s: %s", stop, key)
                    .isIn(MORE, stop.kind().inserts() ? 0 : MORE));
            assertThat(ledger.runs(Optional.of(Kind.MAPPING), 100))
                    .as("%s", stop)
                    .allSatisfy(run -> assertThat(run.accounting().balances()).isTrue());
        }

        @Override
        public void close() {
            process.destroyForcibly();
            sandbox.close();
        }
    }
}
