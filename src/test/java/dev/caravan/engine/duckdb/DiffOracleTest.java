package dev.caravan.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.contract.Check;
import dev.caravan.diff.Change;
import dev.caravan.mapping.Mapping;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey.Equality;
import dev.caravan.row.ValueType;
import dev.caravan.source.EngineSession;
import dev.caravan.source.Settlement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random models, outcomes and crashes, run after run, against the rules written down once more in plain Java. */
class DiffOracleTest {

    private static final long SEED = Long.getLong("caravan.seed", 4711L);
    private static final int ROUNDS = 40;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final Map<String, Known> known = new HashMap<>();

    /** What the oracle remembers of a key. */
    private record Known(String value, boolean live, boolean dirty) {}

    private record Line(String key, String value) {}

    @ParameterizedTest
    @ValueSource(strings = {"text", "number", "folded", "folded, mostly spelt alike"})
    void everyRunFindsWhatTheRulesSay(String kind) {
        System.out.println("DiffOracleTest " + kind + " seed " + SEED);
        Equality equality = kind.startsWith("folded") ? new Equality(true, true) : Equality.EXACT;
        Mappings mapping = Mappings.csv("v").check(new Check.Sql("v <> 'bad'", Mappings.PLACE));
        if (kind.equals("number")) {
            mapping.column("id", ValueType.INTEGER);
        }
        try (Workbench bench = new Workbench(folder)) {
            for (int round = 0; round < ROUNDS; round++) {
                List<Line> lines = lines(kind);
                bench.file("model.csv", csv(lines));
                run(bench, mapping.build(), equality, lines, "round " + round + ", seed " + SEED);
            }
        }
    }

    private List<Line> lines(String kind) {
        List<Line> lines = new ArrayList<>();
        int rows = random.nextInt(14);
        for (int i = 0; i < rows; i++) {
            String key = String.valueOf(random.nextInt(9) + 1);
            String written = switch (kind) {
                case "number" -> random.nextInt(4) == 0 ? "0" + key : key;
                case "folded, mostly spelt alike" -> random.nextInt(12) == 0 ? "K" + key : "k" + key;
                case "folded" -> random.nextBoolean() ? " K" + key : "k" + key + " ";
                default -> "k" + key;
            };
            String shown = random.nextInt(40) == 0 ? "" : written;
            lines.add(new Line(shown, random.nextInt(8) == 0 ? "bad" : "v" + random.nextInt(3)));
        }
        return lines;
    }

    private static String csv(List<Line> lines) {
        StringBuilder text = new StringBuilder("id,v\n");
        lines.forEach(
                line -> text.append(line.key()).append(',').append(line.value()).append('\n'));
        return text.toString();
    }

    private void run(Workbench bench, Mapping mapping, Equality equality, List<Line> lines, String as) {
        try (EngineSession session = bench.engine.open(mapping, equality)) {
            Workbench.Found found = Workbench.find(session);
            assertThat(new TreeSet<>(found.keys())).as(as).isEqualTo(expected(lines));
            assertThat(found.counts().same()).as(as).isEqualTo(same(lines));
            List<Settlement> outcomes = new ArrayList<>();
            for (Change change : found.changes()) {
                outcome(bench, mapping, change).ifPresent(outcomes::add);
            }
            session.apply(outcomes.iterator());
            if (random.nextInt(5) > 0) {
                session.settle(Optional.of("org"));
            }
        }
    }

    private static String folded(String key) {
        String trimmed = key.strip().toLowerCase(Locale.ROOT);
        return trimmed.startsWith("0") ? trimmed.substring(1) : trimmed;
    }

    /** A folded key's own writing is part of the row, so that another writing is a candidate. */
    private static String image(Line line) {
        return (line.key().startsWith("0") ? line.key().substring(1) : line.key()) + "=" + line.value();
    }

    private static String image(Row row) {
        return row.get("id").text() + "=" + row.get("v").text();
    }

    private Map<String, String> valid(List<Line> lines) {
        Map<String, String> valid = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (Line line : lines) {
            String key = folded(line.key());
            if (!seen.add(key)) {
                valid.remove(key);
            } else if (!key.isEmpty() && !line.value().equals("bad")) {
                valid.put(key, image(line));
            }
        }
        return valid;
    }

    private Set<String> expected(List<Line> lines) {
        Set<String> expected = new TreeSet<>();
        valid(lines).forEach((key, value) -> {
            Known before = known.get(key);
            if (before == null || !before.live() || before.value() == null) {
                expected.add("+" + key);
            } else if (before.dirty() || !before.value().equals(value)) {
                expected.add("~" + key);
            }
        });
        Set<String> present = new HashSet<>();
        lines.forEach(line -> present.add(folded(line.key())));
        if (!present.contains("")) {
            known.forEach((key, before) -> {
                if (before.live() && !present.contains(key)) {
                    expected.add("-" + key);
                }
            });
        }
        return expected;
    }

    private long same(List<Line> lines) {
        return valid(lines).entrySet().stream()
                .filter(entry -> {
                    Known before = known.get(entry.getKey());
                    return before != null
                            && before.live()
                            && !before.dirty()
                            && entry.getValue().equals(before.value());
                })
                .count();
    }

    private Optional<Settlement> outcome(Workbench bench, Mapping mapping, Change change) {
        String key = change.key().display();
        Known before = known.getOrDefault(key, new Known(null, true, false));
        int fate = random.nextInt(5);
        if (fate == 0) {
            return Optional.empty();
        }
        if (fate == 1) {
            // Of a record that was handled nothing is known any more: the lost request may have made another one.
            known.put(key, new Known(before.live() ? before.value() : null, true, true));
            return Optional.of(new Settlement.Unresolved(bench.nextSeq(), change.key(), 1));
        }
        known.put(key, after(change, before));
        return Optional.of(bench.accepted(mapping, change));
    }

    private static Known after(Change change, Known before) {
        return switch (change) {
            case Change.Added a -> new Known(image(a.row()), true, false);
            case Change.Changed c -> new Known(image(c.row()), true, false);
            case Change.Removed r -> new Known(before.value(), false, false);
            case Change.Early e -> before;
            case Change.Wanted w -> before;
            case Change.Shared s -> before;
            case Change.TakenOver t -> before;
        };
    }
}
