package dev.caravan.transport.file;

import dev.caravan.engine.duckdb.db.ColumnType;
import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.db.Instance;
import dev.caravan.engine.duckdb.db.Sql;
import dev.caravan.transport.StoreAnswer.Column;
import dev.caravan.transport.StoreAnswer.Effect;
import dev.caravan.transport.StoreAnswer.Refusal;
import dev.caravan.transport.StoreAnswer.Refused;
import dev.caravan.transport.StoreRequest.Change;
import dev.caravan.transport.StoreRequest.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Parquet, read and written by a DuckDB instance that lives for one merge, is locked to the folder and keeps its memory limit. Columns keep
 * the types they have; a new one, or one without a value so far, gets the type of what is written to it. The order of rows is nobody's
 * promise.
 */
record ParquetFormat(Path folder, FileSettings settings) implements FileFormat {

    /** Something that asks the database. */
    @FunctionalInterface
    private interface Asking<T> {
        T ask(Db db) throws SQLException;
    }

    private <T> T asking(Asking<T> asking) throws IOException {
        try (Instance instance = Instance.open(
                        settings.memory(),
                        settings.threads(),
                        settings.temp(),
                        List.of(folder, settings.temp()),
                        List.of());
                Db db = instance.connect()) {
            return asking.ask(db);
        } catch (SQLException failure) {
            throw Troubles.of(failure);
        }
    }

    @Override
    public List<Column> columns(Path file) throws IOException {
        return asking(db -> types(db, file)).entrySet().stream()
                .flatMap(column ->
                        ColumnType.of(column.getValue()).map(type -> new Column(column.getKey(), type.type())).stream())
                .toList();
    }

    private static Map<String, String> types(Db db, Path file) throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        db.list("DESCRIBE SELECT * FROM " + from(file), row -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(column -> types.put(column.getKey(), column.getValue()));
        return types;
    }

    static String from(Path file) {
        return "read_parquet(" + Sql.text(file.toString()) + ")";
    }

    @Override
    public Merged merge(Optional<Path> present, Path next, Change change) throws IOException {
        return asking(db -> merge(db, present, next, change));
    }

    private static Merged merge(Db db, Optional<Path> present, Path next, Change change) throws SQLException {
        Map<String, String> there = present.isPresent() ? types(db, present.get()) : Map.of();
        Merging rules = new Merging(change);
        Optional<String> wrong = rules.missing(List.copyOf(there.keySet()));
        if (wrong.isPresent()) {
            return new Merged.Not(new Refused(Refusal.COLUMN, wrong.get()));
        }
        StagedRows staged = StagedRows.of(db, change);
        ParquetTypes types = ParquetTypes.of(db, present, there, staged);
        if (types.conflict().isPresent()) {
            return new Merged.Not(new Refused(Refusal.COLUMN, types.conflict().get()));
        }
        Effect[] effects = rules.effects().toArray(Effect[]::new);
        staged.refuseUnfit(types).forEach(place -> effects[place] = Effect.UNFIT);
        List<Integer> hits = present.isPresent() && there.keySet().containsAll(rules.knownBy())
                ? staged.hits(present.get(), there)
                : staged.noHits();
        for (int place : hits) {
            effects[place] = switch (change.mode()) {
                case UPSERT, UPDATE -> Effect.CHANGED;
                case DELETE -> Effect.DELETED;
                case APPEND -> Effect.REPEATED;
            };
        }
        if (change.mode() == Mode.UPSERT || change.mode() == Mode.APPEND) {
            for (int i = 0; i < effects.length; i++) {
                effects[i] = effects[i] == Effect.ABSENT ? Effect.CREATED : effects[i];
            }
        }
        List<String> columns = rules.columns(List.copyOf(there.keySet()));
        db.run("COPY (" + staged.merged(present, there, columns, types) + ") TO " + Sql.text(next.toString())
                + " (FORMAT parquet, COMPRESSION zstd)");
        return new Merged.Written(List.of(effects), db.number("SELECT count(*) FROM " + from(next)), columns);
    }

    /** Names as one SQL list. */
    static String list(List<String> expressions) {
        return expressions.stream().collect(Collectors.joining(", "));
    }
}
