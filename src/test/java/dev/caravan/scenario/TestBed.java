package dev.caravan.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.Diagnosis;
import dev.caravan.app.Operations;
import dev.caravan.app.Progress;
import dev.caravan.app.SyncReport;
import dev.caravan.app.Worker;
import dev.caravan.app.WorkerOptions;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.ledger.WriteEntry;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A workspace in a temporary folder, a sandbox beside it, and a worker on both that can be closed and opened again. */
public final class TestBed implements AutoCloseable {

    /** The one mapping, {@code mappings/test.yaml}. */
    public static final MappingId MAPPING = new MappingId("test");

    static final Scope SCOPE = new Scope.OnMapping(MAPPING);

    private static final String CARAVAN = """
            connections:
              files: {connector: files, path: data}
              crm:
                connector: salesforce
                login_url: "{{env:URL}}"
                client_id: "{{env:ID}}"
                client_secret: "{{env:SECRET}}"
                limits: {requests_per_second: 1000, concurrency: 4}
            """;

    private final Path folder;
    private final SandboxSpec spec;
    private final Sandbox sandbox;
    private final QuickTime time;
    private @Nullable Worker worker;
    private int seen;

    /** A workspace that is empty but for its connections. */
    public TestBed(Path folder, SandboxSpec spec) {
        this(folder, spec, InstantSource.system());
    }

    /** The same with a sandbox for which time jumps where it does for the worker, so that limits last as long as both say. */
    public static TestBed inOneTime(Path folder, SandboxSpec spec) {
        QuickTime time = new QuickTime();
        return new TestBed(folder, spec, time.time().clock(), time);
    }

    private TestBed(Path folder, SandboxSpec spec, InstantSource clock) {
        this(folder, spec, clock, new QuickTime());
    }

    private TestBed(Path folder, SandboxSpec spec, InstantSource clock, QuickTime time) {
        this.folder = folder;
        this.spec = spec;
        this.time = time;
        try {
            this.sandbox = Sandbox.start(spec, 0, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write("caravan.yaml", CARAVAN);
    }

    /** Writes a file of the workspace. */
    public TestBed write(String file, String text) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The workspace. */
    public Path folder() {
        return folder;
    }

    /** The API's stand-in. */
    public Sandbox sandbox() {
        return sandbox;
    }

    /** The worker, opened when first needed. */
    Worker worker() {
        Worker open = worker;
        if (open == null) {
            open = open(WorkerOptions.command().with(time.time()));
        }
        return open;
    }

    /** A worker that runs by schedule and in real time, in place of the one there was. */
    Worker service() {
        restart();
        return open(WorkerOptions.service());
    }

    private Worker open(WorkerOptions options) {
        Map<String, String> values = Map.of(
                "URL", sandbox.baseUri().toString(),
                "ID", spec.login().clientId(),
                "SECRET", spec.login().clientSecret());
        Worker open = Worker.open(folder, options.with(name -> Optional.ofNullable(values.get(name))));
        worker = open;
        return open;
    }

    /** The worker's time, which passes at once where it waits. */
    QuickTime time() {
        return time;
    }

    /** Lets this much time pass for the worker. */
    public void pass(Duration wait) {
        time.pass(wait);
    }

    /** How far the worker's time is ahead of the machine's. */
    public Duration ahead() {
        return time.jumped();
    }

    /** What {@code doctor} finds. */
    public List<Diagnosis.Finding> diagnosis() {
        return worker().diagnosis().findings();
    }

    /** What a person can ask. */
    public Operations operations() {
        return worker().operations();
    }

    /** One run. */
    public SyncReport sync() {
        return operations().sync(MAPPING, Progress.NONE);
    }

    SyncReport plan() {
        return operations().plan(MAPPING, Progress.NONE);
    }

    SyncReport approve(SyncReport held) {
        return operations()
                .approve(
                        held.plan(),
                        new Decision("tester", "", time.time().clock().instant()),
                        Progress.NONE);
    }

    /** Syncs, and approves the plan if it is held. */
    public SyncReport settle() {
        SyncReport report = sync();
        return report.state().equals("held") ? approve(report) : report;
    }

    /** The newest run's books, as the ledger has them. */
    SyncReport last() {
        return operations()
                .show(operations().runs(Optional.of(MAPPING), 1).getFirst().id());
    }

    /** What was written since this was asked last, as {@code operation key field,field} in order of keys. */
    List<String> written() {
        List<WriteEntry> all = sandbox.writes();
        List<String> fresh = all.subList(seen, all.size()).stream()
                .map(write -> write.operation() + " " + write.key() + " " + String.join(",", write.fields()))
                .sorted()
                .toList();
        seen = all.size();
        return fresh;
    }

    /** The codes with which something is refused. */
    static List<Code> refusal(Runnable what) {
        try {
            what.run();
        } catch (CaravanException e) {
            return e.problems().stream().map(Problem::code).toList();
        }
        throw new AssertionError("not refused");
    }

    List<ObjectNode> records(String object) {
        return sandbox.records(object);
    }

    /** Closes the worker; the next call opens another one on the same state. */
    public void restart() {
        if (worker != null) {
            worker.close();
            worker = null;
        }
    }

    @Override
    public void close() {
        restart();
        sandbox.close();
    }
}
