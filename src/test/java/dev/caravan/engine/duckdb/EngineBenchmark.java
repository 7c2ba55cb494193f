package dev.caravan.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.contract.Check;
import dev.caravan.diff.Change;
import dev.caravan.mapping.Mapping;
import dev.caravan.model.FileFormat;
import dev.caravan.row.Value;
import dev.caravan.source.EngineSession;
import dev.caravan.source.Settlement;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A no-change run over a million Parquet rows against the same diff and checks typed by hand into DuckDB, in one process and
 * alternating; ratios of medians. Also what a first sync of a million rows takes with the heap this is run with.
 */
@Tag("benchmark")
class EngineBenchmark {

    private static final int ROWS = Integer.getInteger("caravan.rows", 1_000_000);
    private static final int ROUNDS = 9;

    @TempDir
    Path folder;

    private Mapping mapping(String key) {
        return Mappings.file("m.parquet", FileFormat.PARQUET, "email", "score", "grade", "model_version", "scored_at")
                .key(key)
                .id("bench-" + key)
                .watermark("scored_at")
                .check(new Check.NotNull(List.of("email", "score"), Mappings.PLACE))
                .check(new Check.Range(
                        "score", Optional.of(BigDecimal.ZERO), Optional.of(BigDecimal.ONE), Mappings.PLACE))
                .check(new Check.AcceptedValues(
                        "grade",
                        Stream.of("A", "B", "C", "D")
                                .<Value>map(Value.Text::new)
                                .toList(),
                        Mappings.PLACE))
                .check(new Check.Sql("score >= 0 or grade = 'D'", Mappings.PLACE))
                .build();
    }

    @Test
    void aRunWithoutChangesAgainstSqlTypedByHand() throws SQLException {
        try (Workbench bench = new Workbench(folder);
                Connection hand = DriverManager.getConnection("jdbc:duckdb:")) {
            try (Statement sql = hand.createStatement()) {
                sql.execute("set memory_limit = '512MB'");
                sql.execute("set threads = 2");
                prepare(sql, bench.files.resolve("m.parquet"));
            }
            for (String key : List.of("id", "ref")) {
                firstSync(bench, mapping(key));
                byHand(hand, bench, key, true);
                List<Double> ours = new ArrayList<>();
                List<Double> theirs = new ArrayList<>();
                double oursCpu = 0;
                double theirsCpu = 0;
                for (int i = 0; i < ROUNDS; i++) {
                    oursCpu += cpu(() -> ours.add(seconds(() -> noChange(bench, mapping(key)))));
                    theirsCpu += cpu(() -> theirs.add(seconds(() -> byHand(hand, bench, key, false))));
                }
                ours.sort(null);
                theirs.sort(null);
                double run = ours.get(ROUNDS / 2);
                double typed = theirs.get(ROUNDS / 2);
                System.out.printf(
                        Locale.ROOT,
                        "BENCH key %s rows %d: run %.3f s, by hand %.3f s, ratio %.2f, ratio of CPU time %.2f%n",
                        key,
                        ROWS,
                        run,
                        typed,
                        run / typed,
                        oursCpu / theirsCpu);
            }
        }
    }

    private static void prepare(Statement sql, Path parquet) throws SQLException {
        sql.execute("copy (select i as id, 'REF-' || lpad(i::varchar, 9, '0') as ref, 'user' || i || '@example.com' as"
                + " email, (hash(i) % 10000) / 10000.0::double as score, ['A','B','C','D'][1 + i % 4] as grade, 'model-'"
                + " || (i % 3) as model_version, timestamp '2026-01-01' + interval (i % 100000) second as scored_at,"
                + " (i % 90)::int as age, 'City ' || (i % 1000) as city, (i * 1.5)::decimal(12,2) as revenue from range("
                + ROWS + ") r(i) order by hash(i + 7)) to '" + parquet + "' (format parquet, compression zstd)");
    }

    private static void firstSync(Workbench bench, Mapping mapping) {
        double[] phases = new double[4];
        try (EngineSession session = bench.open(mapping)) {
            phases[0] = seconds(() -> {
                session.read();
                session.check();
                session.diff();
            });
            long[] count = {0};
            phases[1] = seconds(() -> {
                try (Stream<Change> changes = session.changes()) {
                    changes.forEach(change -> count[0]++);
                }
            });
            assertThat(count[0]).isEqualTo(ROWS);
            phases[2] = seconds(() -> {
                try (EngineSession reader =
                                bench.open(with(mapping, mapping.id().value() + "-copy"));
                        Stream<Change> changes = all(reader)) {
                    session.apply(changes.<Settlement>map(change -> bench.accepted(mapping, change))
                            .iterator());
                }
            });
            phases[3] = seconds(() -> session.settle(Optional.of("org")));
        }
        System.out.printf(
                Locale.ROOT,
                "BENCH first sync of %d rows, heap %d MB: diff %.2f s, stream %.2f s, stream and apply %.2f s, settle %.2f s%n",
                ROWS,
                Runtime.getRuntime().maxMemory() >> 20,
                phases[0],
                phases[1],
                phases[2],
                phases[3]);
    }

    private static Stream<Change> all(EngineSession session) {
        session.read();
        session.check();
        session.diff();
        return session.changes();
    }

    private static Mapping with(Mapping mapping, String id) {
        return new Mapping(
                new dev.caravan.mapping.MappingId(id),
                "",
                "",
                mapping.model(),
                mapping.schedule(),
                mapping.contract(),
                mapping.target(),
                mapping.fields(),
                mapping.guardrails(),
                mapping.place());
    }

    private static void noChange(Workbench bench, Mapping mapping) {
        try (EngineSession session = bench.open(mapping)) {
            Workbench.Found found = Workbench.find(session);
            assertThat(found.counts().same()).isEqualTo(ROWS);
            session.settle(Optional.empty());
        }
    }

    private static void byHand(Connection hand, Workbench bench, String key, boolean first) {
        String hash = "hash(" + key + ", email, score, grade, model_version, scored_at)";
        String file = "'" + bench.files.resolve("m.parquet") + "'";
        String snapshot = "'" + bench.root.resolve("hand.duckdb") + "'";
        try (Statement sql = hand.createStatement()) {
            sql.execute("attach " + snapshot + " as s");
            if (first) {
                sql.execute(
                        "create or replace table s.rows as select " + key + " as key, " + hash + " as h from " + file);
            } else {
                drain(
                        sql,
                        "select count(*) from (select " + key + " as key, " + hash + " as h from " + file
                                + ") m full join s.rows k on m.key = k.key where m.h is distinct from k.h");
                drain(
                        sql,
                        "select count(*) from (select " + key + " from " + file + " group by " + key
                                + " having count(*) > 1)");
                drain(
                        sql,
                        "select count(*) filter (" + key
                                + " is null), count(*) filter (email is null or score is null),"
                                + " count(*) filter (score not between 0 and 1 or isnan(score)), count(*) filter (grade not in"
                                + " ('A','B','C','D')), count(*) filter (not (score >= 0 or grade = 'D')), max(scored_at) from "
                                + file);
            }
            sql.execute("detach s");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void drain(Statement sql, String query) throws SQLException {
        try (ResultSet rows = sql.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
        }
    }

    /** Seconds of all threads on the CPU: other work on the machine shows less in them than in the time on the wall. */
    private static double cpu(Runnable work) {
        Duration begin = cpu();
        work.run();
        return cpu().minus(begin).toMillis() / 1e3;
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static double seconds(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }
}
