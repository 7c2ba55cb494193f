package dev.caravan.app;

import dev.caravan.config.settings.Connection;
import dev.caravan.config.settings.WorkspaceConfig;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Pause;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.pipeline.Runs;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Problem;
import dev.caravan.source.Engine;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at ledger, files, models and connections. Logs in to every destination, which costs a request each. */
final class WorkerDiagnosis implements Diagnosis {

    private final WorkspaceConfig config;
    private final Ledger ledger;
    private final Engine engine;
    private final MappingRegistry mappings;
    private final Pauses pauses;
    private final Connections connections;
    private final LedgerFindings stored;
    private final Repairs repairs;
    private final OpenFindings open;
    private final TargetFindings targets;

    WorkerDiagnosis(
            WorkspaceConfig config,
            Ledger ledger,
            Engine engine,
            MappingRegistry mappings,
            Pauses pauses,
            Connections connections,
            Keeper keeper,
            Runs runs,
            PastRuns past,
            TargetFindings targets,
            InstantSource clock) {
        this.config = config;
        this.ledger = ledger;
        this.engine = engine;
        this.mappings = mappings;
        this.pauses = pauses;
        this.connections = connections;
        this.stored = new LedgerFindings(ledger, keeper, clock);
        this.repairs = new Repairs(ledger, engine, keeper, runs);
        this.targets = targets;
        this.open = new OpenFindings(ledger, past, new DoubtList(ledger, mappings));
    }

    @Override
    public List<Finding> repair() {
        return repairs.all();
    }

    @Override
    public List<Problem> targets() {
        return targets.all();
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(look("ledger", this::opens));
        findings.addAll(stored());
        findings.add(files());
        pauses.all()
                .forEach(
                        pause -> findings.add(paused("pause of " + pause.scope().words(), pause)));
        SnapshotFindings snapshots = new SnapshotFindings(engine, ledger);
        for (Mapping mapping : mappings.all()) {
            findings.addAll(left(mapping.id()));
            findings.add(snapshots.of(mapping.id()));
            findings.add(look(
                    "model of " + mapping.id(),
                    () -> engine.describe(mapping.model()).columns().size() + " columns"));
        }
        for (Connection connection : config.connections().all()) {
            findings.add(connection(connection));
        }
        return findings;
    }

    private Finding connection(Connection connection) {
        String what = "connection " + connection.name();
        // The kill switch means no request at all, and a log-in is one.
        return pauses.among(Scope.over(connection.name())).stream()
                .findFirst()
                .map(pause -> paused(what, pause))
                .orElseGet(() -> look(what, () -> reached(connection)));
    }

    private static Finding paused(String what, Pause pause) {
        return new Finding(
                what, Level.WARNING, pause.oneLine() + "; " + pause.scope().lifting() + " lifts it");
    }

    private List<Finding> stored() {
        try {
            return stored.all();
        } catch (CaravanException failure) {
            return List.of(new Finding(
                    "ledger", Level.WRONG, failure.problems().getFirst().oneLine()));
        }
    }

    private List<Finding> left(MappingId mapping) {
        try {
            return open.of(mapping);
        } catch (CaravanException failure) {
            return List.of(new Finding(
                    "last run of " + mapping,
                    Level.WRONG,
                    failure.problems().getFirst().oneLine()));
        }
    }

    private String opens() {
        String where =
                config.state().server().map(server -> " at " + server.address()).orElse("");
        return "opens" + where + (ledger.runs(Optional.empty(), 1).isEmpty() ? ", no run yet" : "");
    }

    private Finding files() {
        List<Problem> problems = mappings.problems();
        return problems.isEmpty()
                ? new Finding("workspace", Level.OK, count(mappings.all().size(), "mapping"))
                : new Finding(
                        "workspace",
                        Level.WARNING,
                        count(problems.size(), "problem") + ", caravan validate lists them");
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private String reached(Connection connection) {
        return switch (connection) {
            case Connection.DuckDb file -> "file " + file.path();
            case Connection.Folder folder -> "folder " + folder.path();
            case Connection.Salesforce org -> loggedIn(connections.login(org.name()));
            case Connection.Declared declared -> reached(connections.login(declared.name()));
        };
    }

    private static String loggedIn(Connections.LoggedIn login) {
        return "logged in to " + login.account();
    }

    private static String reached(Connections.LoggedIn login) {
        return login.requests() > 0
                ? loggedIn(login)
                : login.account()
                        + " by its settings; nobody was asked, the first request shows whether its secrets hold";
    }

    private static Finding look(String what, Supplier<String> look) {
        try {
            return new Finding(what, Level.OK, look.get());
        } catch (CaravanException failure) {
            return new Finding(what, Level.BROKEN, failure.problems().getFirst().oneLine());
        }
    }
}
