package dev.caravan.engine.duckdb;

import dev.caravan.contract.CheckResult;
import dev.caravan.diff.Change;
import dev.caravan.engine.duckdb.read.SourceConnection;
import dev.caravan.mapping.Mapping;
import dev.caravan.row.RowKey;
import dev.caravan.source.EngineSession;
import dev.caravan.source.EngineSession.Counts;
import dev.caravan.source.Settlement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A real engine over a temporary folder, with a warehouse file and a folder of files beside it. */
final class Workbench implements AutoCloseable {

    final Path root;
    final Path files;
    final Path warehouse;
    final Path snapshots;
    final DuckDbEngine engine;
    private long seq;

    /** By key, the key whose record the destination answers an add with; others make a record. */
    final Map<String, String> records = new HashMap<>();

    Workbench(Path root) {
        this(root, root.resolve("files"));
    }

    Workbench(Path root, Path files) {
        try {
            this.root = root;
            this.files = Files.createDirectories(files);
            this.warehouse = root.resolve("warehouse.duckdb");
            this.snapshots = root.resolve("snapshots");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.engine = start();
    }

    DuckDbEngine start() {
        return DuckDbEngine.start(new DuckDbSettings(
                "512MB",
                2,
                root.resolve("tmp"),
                snapshots,
                Map.of(
                        "warehouse", new SourceConnection.DuckDbFile(warehouse),
                        "files", new SourceConnection.FilesFolder(files))));
    }

    /** Executes statements in the warehouse as another program would: opens the file, writes, closes. */
    void warehouse(String... statements) {
        outside(warehouse, statements);
    }

    static void outside(Path file, String... statements) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void file(String name, String text) {
        try {
            Files.writeString(files.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    EngineSession open(Mapping mapping) {
        return engine.open(mapping, RowKey.Equality.EXACT);
    }

    /** What one reading finds. */
    record Found(CheckResult check, Counts counts, List<Change> changes) {
        List<String> keys() {
            return changes.stream()
                    .map(change -> sign(change) + change.key().display())
                    .toList();
        }

        private static String sign(Change change) {
            return switch (change) {
                case Change.Added a -> "+";
                case Change.Changed c -> "~";
                case Change.Removed r -> "-";
                case Change.Early e -> (e.left().isEmpty() ? "!" : moves(e) ? "<" : "(") + sign(e.change());
                case Change.Wanted w -> (w.moves() ? ">" : ")") + sign(w.removed());
                case Change.Shared s -> "?";
                case Change.TakenOver t -> t.settled() ? "=" : "%";
            };
        }
    }

    private static boolean moves(Change.Early early) {
        return early.left().stream().anyMatch(Change.Wanted::moves);
    }

    static Found find(EngineSession session) {
        session.read();
        CheckResult check = session.check();
        Counts counts = session.diff();
        try (Stream<Change> changes = session.changes()) {
            return new Found(check, counts, changes.toList());
        }
    }

    /** Reads and diffs, moving nothing. */
    Found plan(Mapping mapping) {
        return plan(mapping, RowKey.Equality.EXACT);
    }

    Found plan(Mapping mapping, RowKey.Equality equality) {
        try (EngineSession session = engine.open(mapping, equality)) {
            return find(session);
        }
    }

    /** One whole run in which the destination accepts everything and removals are marked. */
    Found sync(Mapping mapping) {
        return sync(mapping, RowKey.Equality.EXACT);
    }

    Found sync(Mapping mapping, RowKey.Equality equality) {
        try (EngineSession session = engine.open(mapping, equality)) {
            Found found = find(session);
            List<Settlement> settlements = new ArrayList<>();
            found.changes().forEach(change -> settlements.add(accepted(mapping, change)));
            found.changes().stream()
                    .filter(change -> change instanceof Change.TakenOver taken && taken.settled())
                    .forEach(change -> session.same(change.key()));
            session.apply(settlements.iterator());
            session.settle(Optional.of("org/Lead/Key__c"));
            return found;
        }
    }

    /** What an acceptance of a change means for the snapshot. */
    Settlement accepted(Mapping mapping, Change change) {
        String definition = mapping.fields().definition();
        long next = ++seq;
        return switch (change) {
            case Change.Added a ->
                new Settlement.Stored(
                        next,
                        a.key(),
                        "R" + records.getOrDefault(a.key().display(), a.key().display()),
                        !records.containsKey(a.key().display()),
                        a.rowHash(),
                        definition,
                        a.row(),
                        Map.of(),
                        7);
            case Change.Changed c ->
                new Settlement.Stored(
                        next,
                        c.key(),
                        c.known().remoteId(),
                        c.known().createdByUs(),
                        c.rowHash(),
                        definition,
                        c.row(),
                        Map.of(),
                        7);
            case Change.Removed r -> new Settlement.Left(next, r.key(), false, 7);
            case Change.Early e when !e.left().isEmpty() && !moves(e) -> accepted(mapping, e.change());
            case Change.Early e -> new Settlement.Nothing(next, e.key());
            case Change.Wanted w -> new Settlement.Nothing(next, w.key());
            case Change.Shared s -> new Settlement.Nothing(next, s.key());
            case Change.TakenOver t -> new Settlement.Nothing(next, t.key());
        };
    }

    long nextSeq() {
        return ++seq;
    }

    @Override
    public void close() {
        engine.close();
    }
}
