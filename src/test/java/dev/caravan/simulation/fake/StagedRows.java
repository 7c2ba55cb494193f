package dev.caravan.simulation.fake;

import dev.caravan.contract.CheckResult;
import dev.caravan.contract.CheckResult.Quarantined;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.RowMapper;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.simulation.fake.MemoryWarehouse.ModelRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A model as it was read: every row with its key, its hash and what it breaks. */
final class StagedRows {

    private final Mapping mapping;
    private final RowKey.Equality equality;
    private final List<String> hashed;
    private final List<Staged> rows = new ArrayList<>();
    private final List<List<String>> breaches;

    /** One row; what it breaks is complete once the check has run. */
    static final class Staged {
        final Row image;
        final Row read;
        final @Nullable String key;
        final @Nullable String target;
        final long hash;
        final Set<String> broken = new LinkedHashSet<>();

        private Staged(Row image, Row read, @Nullable String key, @Nullable String target, long hash) {
            this.image = image;
            this.read = read;
            this.key = key;
            this.target = target;
            this.hash = hash;
        }

        boolean valid() {
            return broken.isEmpty();
        }
    }

    StagedRows(Mapping mapping, RowKey.Equality equality, List<ModelRow> read) {
        this.mapping = mapping;
        this.equality = equality;
        this.hashed = hashed(mapping);
        Set<String> columns = mapping.imageColumns();
        for (ModelRow row : read) {
            Map<String, Value> image = new LinkedHashMap<>();
            columns.forEach(column -> image.put(column, row.row().get(column)));
            rows.add(stage(new Row(image), row.row()));
        }
        rows.stream().filter(row -> row.key == null).forEach(row -> row.broken.add("null_key"));
        breaches = read.stream().map(ModelRow::breaches).toList();
    }

    private Staged stage(Row image, Row read) {
        List<Value> parts = image.select(mapping.model().key());
        String key = parts.stream().anyMatch(Value::isNull)
                ? null
                : RowKey.of(parts, mapping.keyEquality(equality)).encoded();
        return new Staged(image, read, key, column(image), hash(image));
    }

    /** Keys first, then by name. */
    static List<String> hashed(Mapping mapping) {
        Set<String> columns = new LinkedHashSet<>(mapping.model().key());
        mapping.hashedColumns().stream().sorted().forEach(columns::add);
        return List.copyOf(columns);
    }

    List<String> hashed() {
        return hashed;
    }

    List<Staged> rows() {
        return rows;
    }

    long hash(Row image) {
        long hash = 1_125_899_906_842_597L;
        for (String column : hashed) {
            hash = mixed(hash * 31 + number(image.get(column)));
        }
        return hash;
    }

    private static long number(Value value) {
        return switch (value) {
            case Value.Null n -> 7;
            case Value.Int i -> mixed(i.value() + 11);
            case Value.Real r -> mixed(Double.doubleToLongBits(r.value()) + 13);
            case Value.Text t -> number(t.value(), 17);
            case Value.Bool b -> b.value() ? 19 : 23;
            case Value.Decimal d -> number(d.text(), 29);
            case Value.Date d -> number(d.text(), 31);
            case Value.Time t -> number(t.text(), 37);
            case Value.Timestamp t -> number(t.text(), 41);
            case Value.ZonedTimestamp z -> number(z.text(), 43);
            case Value.Json j -> number(j.text(), 47);
            case Value.Binary b -> number(b.text(), 53);
            case Value.Tuple t -> number(t.text(), 59);
        };
    }

    private static long number(String text, long kind) {
        long hash = kind;
        for (int i = 0; i < text.length(); i++) {
            hash = hash * 1_099_511_628_211L + text.charAt(i);
        }
        return mixed(hash);
    }

    /** So that numbers that differ a little give hashes that differ throughout. */
    private static long mixed(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /** The destination key where it is a column that is not the model's whole key; null where there is none. */
    private @Nullable String column(Row image) {
        if (!byColumn()) {
            return null;
        }
        Value value =
                image.get(mapping.target().keySource().columns().iterator().next());
        String folded = value.isNull() ? "" : equality.fold(value.text());
        return folded.isEmpty() ? null : folded;
    }

    private boolean byColumn() {
        return !computed() && !modelKey();
    }

    boolean computed() {
        return !(mapping.target().keySource() instanceof FieldSource.Column);
    }

    /** Whether rows of one record have one key of the model anyway. */
    boolean modelKey() {
        return !computed()
                && List.copyOf(mapping.target().keySource().columns())
                        .equals(mapping.model().key());
    }

    /** The destination key of a row in memory, as the destination compares it. */
    Optional<String> target(Row row) {
        FieldSource source = mapping.target().keySource();
        return row.hasAll(source.columns())
                ? RowMapper.value(source, row)
                        .filter(value -> !value.isEmpty())
                        .map(value -> equality.fold(value.text()))
                : Optional.empty();
    }

    /**
     * Finds what breaks the contract.
     *
     * @param anyDiffers whether any row differs from the snapshot; if none does nothing will be sent, and one destination key for
     *     two rows harms nobody
     */
    CheckResult check(boolean anyDiffers) {
        repeated(false, "duplicate_key");
        if (anyDiffers) {
            repeated(true, "duplicate_key:" + mapping.target().keyField());
        }
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).broken.addAll(breaches.get(i));
        }
        Map<String, Long> byReason = new LinkedHashMap<>();
        rows.forEach(row -> row.broken.forEach(reason -> byReason.merge(reason, 1L, Long::sum)));
        List<Staged> invalid = rows.stream().filter(row -> !row.valid()).toList();
        return new CheckResult(
                rows.size(),
                invalid.size(),
                rows.stream().filter(row -> row.key == null).count(),
                byReason,
                invalid.stream().limit(CheckResult.NAMED).map(this::quarantined).toList(),
                newest());
    }

    private Quarantined quarantined(Staged row) {
        List<String> keys = mapping.model().key();
        String shown = row.key == null
                ? ""
                : RowKey.of(row.image.select(keys), RowKey.Equality.EXACT).display();
        return new Quarantined(shown, List.copyOf(row.broken));
    }

    private void repeated(boolean target, String reason) {
        Map<String, Integer> times = new HashMap<>();
        for (Staged row : rows) {
            String key = target ? row.target : row.key;
            if (key != null) {
                times.merge(key, 1, Integer::sum);
            }
        }
        for (Staged row : rows) {
            String key = target ? row.target : row.key;
            if (key != null && Objects.requireNonNull(times.get(key)) > 1) {
                row.broken.add(reason);
            }
        }
    }

    private Optional<Instant> newest() {
        return mapping.model()
                .watermark()
                .flatMap(column -> rows.stream()
                        .filter(Staged::valid)
                        .flatMap(row -> moment(row.read.get(column)).stream())
                        .max(Comparator.naturalOrder()));
    }

    private static Optional<Instant> moment(Value value) {
        return switch (value) {
            case Value.ZonedTimestamp zoned -> Optional.of(zoned.value());
            case Value.Timestamp local -> Optional.of(local.value().toInstant(ZoneOffset.UTC));
            case Value.Date date -> Optional.of(date.value().atStartOfDay().toInstant(ZoneOffset.UTC));
            case Value other -> Optional.empty();
        };
    }
}
