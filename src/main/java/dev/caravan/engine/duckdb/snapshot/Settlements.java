package dev.caravan.engine.duckdb.snapshot;

import dev.caravan.engine.duckdb.db.ColumnType;
import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.row.Value;
import dev.caravan.row.ValueCodec;
import dev.caravan.source.Settlement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Brings outcomes into the snapshot as if one after the other, but set by set: of each key the last acceptance, then what came
 * after it. All in one transaction with the sequence number, so that applying again finds nothing left to do.
 */
public final class Settlements {

    private static final int CHUNK = 20_000;
    private static final String STORED = "accepted_rows";
    private static final String AFTER = "marked_rows";

    private final Db db;
    private final SnapshotFile file;

    /** Writes into one snapshot. */
    public Settlements(SnapshotFile file) {
        this.db = file.db();
        this.file = file;
    }

    /**
     * What a chunk says of one key.
     *
     * @param mark what was last said after the acceptance, if anything was
     * @param lost whether a request was lost after it
     * @param unseen whether that was the first thing said: then what is known holds only if the key was live
     * @param afresh whether it left before a request was lost, so that nothing known before holds
     * @param deleted whether its record was deleted after it
     */
    private record Last(
            Settlement.@Nullable Stored stored,
            @Nullable Settlement mark,
            boolean lost,
            boolean unseen,
            boolean afresh,
            boolean deleted) {

        static Last of(Settlement.@Nullable Stored stored) {
            return new Last(stored, null, false, false, false, false);
        }

        Last left(Settlement.Left next) {
            return new Last(stored, next, lost, unseen, afresh, deleted || next.deleted());
        }

        Last lost(Settlement.Unresolved next) {
            return new Last(
                    stored, next, true, unseen || mark == null, afresh || mark instanceof Settlement.Left, deleted);
        }
    }

    /** Applies all that are above the sequence number the snapshot holds. */
    public void apply(Iterator<Settlement> settlements) throws SQLException {
        long applied = file.meta().appliedSeq();
        if (!settlements.hasNext()) {
            return;
        }
        boolean[] done = {false};
        try {
            db.inTransaction(() -> applyAll(settlements, applied));
            done[0] = true;
        } finally {
            if (!done[0]) {
                file.definitions().reload();
                file.columns().reload();
            }
        }
    }

    private void applyAll(Iterator<Settlement> settlements, long applied) throws SQLException {
        long last = applied;
        boolean changed = false;
        while (settlements.hasNext()) {
            Map<String, Last> chunk = new LinkedHashMap<>();
            for (int i = 0; i < CHUNK && settlements.hasNext(); i++) {
                Settlement settlement = settlements.next();
                if (settlement.seq() > applied) {
                    last = Math.max(last, settlement.seq());
                    fold(chunk, settlement);
                }
            }
            if (!chunk.isEmpty()) {
                store(chunk);
                mark(chunk);
                changed = true;
            }
        }
        if (last > applied) {
            db.run(
                    "UPDATE " + file.table("meta") + " SET applied_seq = ?, generation = generation + ?",
                    last,
                    changed ? 1 : 0);
        }
    }

    private static void fold(Map<String, Last> chunk, Settlement settlement) {
        String key = settlement.key().encoded();
        Last before = chunk.getOrDefault(key, Last.of(null));
        switch (settlement) {
            case Settlement.Stored stored -> chunk.put(key, Last.of(stored));
            case Settlement.Left left -> chunk.put(key, before.left(left));
            case Settlement.Unresolved unresolved -> chunk.put(key, before.lost(unresolved));
            case Settlement.Nothing nothing -> {}
        }
    }

    private void store(Map<String, Last> chunk) throws SQLException {
        List<Settlement.Stored> rows = chunk.values().stream()
                .flatMap(last -> Optional.ofNullable(last.stored()).stream())
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        List<String> names = ensureColumns(rows);
        stage(rows, names);
        String table = file.table("rows");
        db.run("DELETE FROM " + table + " WHERE key IN (SELECT key FROM " + Db.TEMP + STORED + ")");
        String values = names.stream()
                .map(name -> file.columns().get(name))
                .map(column -> ", " + column.type().parsed(column.physical()))
                .collect(Collectors.joining());
        String physical = names.stream()
                .map(name -> ", " + file.columns().get(name).physical())
                .collect(Collectors.joining());
        db.run("INSERT INTO " + table + " (key, remote_id, created_by_us, live, dirty, row_hash, definition, withheld,"
                + " last_run" + physical + ") SELECT key, remote_id, created_by_us, true, false,"
                + " CAST(row_hash AS UBIGINT), definition, withheld, last_run" + values + " FROM " + Db.TEMP + STORED);
        db.run("DROP TABLE " + Db.TEMP + STORED);
    }

    /** The columns of all these images; one that no read has met yet takes the type of its first value. */
    private List<String> ensureColumns(List<Settlement.Stored> rows) throws SQLException {
        Map<String, ColumnType> missing = new LinkedHashMap<>();
        Map<String, Boolean> names = new LinkedHashMap<>();
        for (Settlement.Stored row : rows) {
            row.image().values().forEach((name, value) -> {
                names.put(name, true);
                if (!file.columns().has(name) && (!missing.containsKey(name) || !value.isNull())) {
                    missing.put(name, value.isNull() ? ColumnType.TEXT : ColumnType.declared(ValueCodec.typeOf(value)));
                }
            });
        }
        file.columns().addAll(missing);
        return List.copyOf(names.keySet());
    }

    private void stage(List<Settlement.Stored> rows, List<String> names) throws SQLException {
        String physical = names.stream()
                .map(name -> ", " + file.columns().get(name).physical() + " VARCHAR")
                .collect(Collectors.joining());
        db.run("CREATE OR REPLACE TEMP TABLE " + Db.TEMP + STORED
                + " (key VARCHAR, remote_id VARCHAR, created_by_us BOOLEAN,"
                + " row_hash VARCHAR, definition INTEGER, withheld VARCHAR, last_run BIGINT" + physical + ")");
        List<Integer> definitions = new ArrayList<>();
        for (Settlement.Stored row : rows) {
            definitions.add(file.definitions()
                    .idOf(row.definition(), row.image().values().keySet()));
        }
        try (DuckDBAppender appender = db.appender(STORED)) {
            for (int i = 0; i < rows.size(); i++) {
                append(appender, rows.get(i), definitions.get(i), names);
            }
        }
    }

    private static void append(DuckDBAppender appender, Settlement.Stored row, int definition, List<String> names)
            throws SQLException {
        appender.beginRow();
        appender.append(row.key().encoded());
        appender.append(row.remoteId());
        appender.append(row.createdByUs());
        Long hash = row.rowHash();
        appender.append(hash == null ? null : Long.toUnsignedString(hash));
        appender.append(definition);
        appender.append(Withheld.write(row.withheld()));
        appender.append(row.run());
        for (String name : names) {
            Value value = row.image().has(name) ? row.image().get(name) : Value.ofNull();
            appender.append(value.isNull() ? null : value.text());
        }
        appender.endRow();
    }

    private void mark(Map<String, Last> chunk) throws SQLException {
        db.run("CREATE OR REPLACE TEMP TABLE " + Db.TEMP + AFTER
                + " (key VARCHAR, gone BOOLEAN, lost BOOLEAN, unseen BOOLEAN, afresh BOOLEAN, deleted BOOLEAN,"
                + " last_run BIGINT)");
        try (DuckDBAppender appender = db.appender(AFTER)) {
            for (Last last : chunk.values()) {
                Settlement mark = last.mark();
                if (mark != null) {
                    appender.beginRow();
                    appender.append(mark.key().encoded());
                    appender.append(mark instanceof Settlement.Left);
                    appender.append(last.lost());
                    appender.append(last.unseen());
                    appender.append(last.afresh());
                    appender.append(last.deleted());
                    appender.append(runOf(mark));
                    appender.endRow();
                }
            }
        }
        String rows = file.table("rows");
        String marked = Db.TEMP + AFTER + " AS m";
        // What is known of a record that was handled does not hold of the one that a lost request may have made since,
        // and what was ours ends with its deletion (invariant I7).
        String known = "(r.live OR NOT m.unseen) AND NOT m.afresh";
        db.run("UPDATE " + rows + " AS r SET live = NOT m.gone, dirty = NOT m.gone,"
                + " row_hash = CASE WHEN NOT m.lost THEN r.row_hash END,"
                + " definition = CASE WHEN " + known + " THEN r.definition END,"
                + " remote_id = CASE WHEN " + known + " AND NOT m.deleted THEN r.remote_id END,"
                + " created_by_us = r.created_by_us AND " + known + " AND NOT m.deleted,"
                + " last_run = m.last_run FROM " + marked + " WHERE r.key = m.key");
        db.run("INSERT INTO " + rows + " (key, created_by_us, live, dirty, last_run) SELECT m.key, false, NOT m.gone,"
                + " NOT m.gone, m.last_run FROM " + marked + " WHERE m.lost AND NOT EXISTS (SELECT 1 FROM " + rows
                + " AS r WHERE r.key = m.key)");
        db.run("DROP TABLE " + Db.TEMP + AFTER);
    }

    private static long runOf(Settlement mark) {
        return switch (mark) {
            case Settlement.Stored stored -> stored.run();
            case Settlement.Left left -> left.run();
            case Settlement.Unresolved unresolved -> unresolved.run();
            case Settlement.Nothing nothing -> 0;
        };
    }
}
