package dev.caravan.simulation.fake;

import dev.caravan.diff.Change;
import dev.caravan.row.RowKey;
import dev.caravan.simulation.fake.Snapshot.Entry;
import dev.caravan.simulation.fake.StagedRows.Staged;
import dev.caravan.source.EngineSession.Counts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The diff of one staged generation with the snapshot that lies there at the moment. */
final class Differences {

    private final Snapshot snapshot;
    private final StagedRows staged;
    private final List<Note> notes = new ArrayList<>();

    /** The rows that left, by the keys of those that get their destination keys. */
    private final Map<String, List<Change.Wanted>> left = new TreeMap<>();

    /** The keys that left and wait for another row that wants their record. */
    private final Set<String> waiting = new TreeSet<>();

    private enum Kind {
        ADDED,
        CHANGED,
        REMOVED,
        /** As it was, and due. */
        DUE,
        /** Changed, and due. */
        CHANGED_DUE
    }

    /** How another row means the same record. */
    private enum Meant {
        ALONE,
        MEANT,
        SETTLED,
        /** A row with a record of its own gets the key. */
        WANTED,
        /** Another row gets the key. */
        PASSED,
        /** That row, or this. */
        FREED
    }

    private record Note(String key, Kind kind, @Nullable Staged row) {}

    Differences(Snapshot snapshot, StagedRows staged, String definition) {
        this.snapshot = snapshot;
        this.staged = staged;
        Set<String> present = new HashSet<>();
        for (Staged row : staged.rows()) {
            if (row.key != null) {
                present.add(row.key);
                kind(row, snapshot.rows().get(row.key), definition)
                        .ifPresent(kind -> notes.add(new Note(Objects.requireNonNull(row.key), kind, row)));
            }
        }
        snapshot.rows().forEach((key, known) -> {
            if (known.live() && !present.contains(key)) {
                notes.add(new Note(key, Kind.REMOVED, null));
            }
        });
    }

    private static Optional<Kind> kind(Staged row, @Nullable Entry known, String definition) {
        if (known == null || !known.live() || known.definition() == null) {
            return Optional.of(Kind.ADDED);
        }
        boolean same =
                !known.dirty() && Objects.equals(known.rowHash(), row.hash) && definition.equals(known.definition());
        return same ? Optional.empty() : Optional.of(Kind.CHANGED);
    }

    boolean anyRow() {
        return notes.stream().anyMatch(note -> note.row() != null);
    }

    /** What is left once bad rows are known: their keys are neither changed nor gone. */
    Counts counts(long valid) {
        notes.removeIf(note -> note.row() != null && !note.row().valid());
        long added = count(Kind.ADDED);
        long changed = count(Kind.CHANGED);
        return new Counts(added, changed, count(Kind.REMOVED), valid - added - changed);
    }

    private long count(Kind kind) {
        return notes.stream().filter(note -> note.kind() == kind).count();
    }

    /** Takes rows that do not differ and were accepted up to this run, those of the earliest run first. */
    Counts renew(Counts before, long upTo, long most) {
        notes.replaceAll(note -> note.kind() == Kind.CHANGED && isOld(note.key(), upTo)
                ? new Note(note.key(), Kind.CHANGED_DUE, note.row())
                : note);
        Set<String> noted = new HashSet<>();
        notes.forEach(note -> noted.add(note.key()));
        List<Staged> due = staged.rows().stream()
                .filter(row -> row.valid() && row.key != null && !noted.contains(row.key) && isOld(row.key, upTo))
                .sorted(Comparator.comparingLong((Staged row) -> entry(row).run())
                        .thenComparing(row -> Objects.requireNonNull(row.key)))
                .toList();
        due.stream().limit(most).forEach(row -> notes.add(new Note(Objects.requireNonNull(row.key), Kind.DUE, row)));
        long more = Math.min(most, due.size());
        return before.renewed(more, due.size() - more);
    }

    private boolean isOld(String key, long upTo) {
        Entry known = snapshot.rows().get(key);
        return known != null && known.live() && !known.dirty() && known.definition() != null && known.run() <= upTo;
    }

    private Entry entry(Staged row) {
        return Objects.requireNonNull(snapshot.rows().get(row.key));
    }

    /** The changes in key order. */
    List<Change> changes(boolean removals) {
        TreeMap<String, Note> laidOut = new TreeMap<>();
        notes.stream()
                .filter(note -> removals || note.kind() != Kind.REMOVED)
                .forEach(note -> laidOut.put(note.key(), note));
        Map<String, Set<String>> former = staged.modelKey() ? Map.of() : former();
        left.clear();
        Map<String, Meant> meant = meant(laidOut, former);
        waiting.clear();
        List<Change> changes = new ArrayList<>();
        laidOut.forEach((key, note) -> {
            Meant how = meant.getOrDefault(key, Meant.ALONE);
            if ((how == Meant.MEANT || how == Meant.WANTED || how == Meant.PASSED) && note.kind() == Kind.REMOVED) {
                waiting.add(key);
            }
            Change change = change(note, how);
            boolean early = how == Meant.FREED || (how == Meant.ALONE && early(note, former));
            List<Change.Wanted> gone = how == Meant.FREED ? left.getOrDefault(key, List.of()) : List.of();
            changes.add(early ? new Change.Early(change, gone) : change);
        });
        return changes;
    }

    private Change change(Note note, Meant how) {
        RowKey key = new RowKey(note.key());
        Optional<Entry> known = Optional.ofNullable(snapshot.rows().get(note.key()));
        Staged row = note.row();
        if (row == null) {
            Change.Removed removed = new Change.Removed(key, known.orElseThrow().known());
            return switch (how) {
                case ALONE, FREED -> removed;
                case WANTED, PASSED -> new Change.Wanted(removed, how == Meant.WANTED);
                case MEANT, SETTLED -> new Change.TakenOver(removed, how == Meant.SETTLED);
            };
        }
        if (how != Meant.ALONE && how != Meant.FREED) {
            return new Change.Shared(key);
        }
        return note.kind() == Kind.ADDED
                ? new Change.Added(
                        key,
                        row.image,
                        row.hash,
                        known.map(entry -> (!entry.live() && isAnothers(note.key(), entry)
                                        ? entry.owned(false, null)
                                        : entry)
                                .known()))
                : new Change.Changed(
                        key,
                        row.image,
                        row.hash,
                        known.orElseThrow().known(),
                        note.kind() == Kind.DUE || note.kind() == Kind.CHANGED_DUE);
    }

    private boolean early(Note note, Map<String, Set<String>> former) {
        Staged row = note.row();
        return row != null
                && staged.target(row.image).stream()
                        .flatMap(target -> former.getOrDefault(target, Set.of()).stream())
                        .anyMatch(key -> !key.equals(note.key()));
    }

    /** The rows whose records have keys that these have no more in the model, or are invalid, by those keys. */
    private Map<String, Set<String>> former() {
        Map<String, Set<String>> former = new TreeMap<>();
        Set<Staged> changed = new HashSet<>();
        notes.forEach(note -> {
            if (note.row() != null) {
                changed.add(note.row());
            }
        });
        for (Staged row : staged.rows()) {
            Entry known = row.key == null ? null : snapshot.rows().get(row.key);
            if (known != null && known.live() && known.definition() != null) {
                Optional<String> before = staged.target(known.known().image());
                boolean moved = changed.contains(row) && !before.equals(staged.target(row.image));
                if (before.isPresent() && (moved || !row.valid())) {
                    former.computeIfAbsent(before.get(), any -> new TreeSet<>()).add(Objects.requireNonNull(row.key));
                }
            }
        }
        return former;
    }

    private Map<String, Meant> meant(Map<String, Note> laidOut, Map<String, Set<String>> former) {
        boolean removals = laidOut.values().stream().anyMatch(note -> note.kind() == Kind.REMOVED);
        Map<String, Meant> meant = new TreeMap<>();
        if (!staged.modelKey() && (removals || staged.computed())) {
            byKey(laidOut, meant);
        }
        if (removals) {
            if (!staged.modelKey()) {
                freed(laidOut, meant, former);
            }
            byId(laidOut, meant, Meant.MEANT, note -> note.kind() == Kind.REMOVED);
            byId(laidOut, meant, Meant.SETTLED, note -> note.kind() != Kind.DUE);
        }
        return meant;
    }

    private void byKey(Map<String, Note> laidOut, Map<String, Meant> meant) {
        Map<String, List<String>> wanting = new LinkedHashMap<>();
        Map<String, String> leaving = new LinkedHashMap<>();
        laidOut.forEach((key, note) -> {
            Staged row = note.row();
            if (row == null) {
                staged.target(Objects.requireNonNull(snapshot.rows().get(key))
                                .known()
                                .image())
                        .ifPresent(target -> leaving.put(key, target));
            } else if (staged.computed()) {
                staged.target(row.image)
                        .ifPresent(target -> wanting.computeIfAbsent(target, any -> new ArrayList<>())
                                .add(key));
            }
        });
        Set<String> wanted = new HashSet<>(wanting.keySet());
        staged.rows().forEach(row -> {
            if (row.target != null) {
                wanted.add(row.target);
            }
        });
        leaving.forEach((key, target) -> {
            if (wanted.contains(target)) {
                meant.put(key, Meant.MEANT);
            }
        });
        wanting.values().stream()
                .filter(keys -> keys.size() > 1)
                .forEach(keys -> keys.forEach(key -> meant.put(key, Meant.MEANT)));
    }

    /** Of keys that left and are wanted those that a row gets which did not have them: with a record of its own, or without. */
    private void freed(Map<String, Note> laidOut, Map<String, Meant> meant, Map<String, Set<String>> former) {
        Map<String, String> getting = new TreeMap<>();
        laidOut.forEach((key, note) -> {
            Staged row = note.row();
            Optional<String> now = row == null ? Optional.empty() : staged.target(row.image);
            if (row != null && now.isPresent() && !meant.containsKey(key) && gets(key, now)) {
                getting.put(now.get(), key);
            }
        });
        Set<String> kept = kept();
        Map<String, Meant> found = new TreeMap<>();
        laidOut.forEach((key, note) -> {
            Entry known = snapshot.rows().get(key);
            if (note.kind() == Kind.REMOVED && known != null && known.definition() != null && !isAnothers(key, known)) {
                String target = staged.target(known.known().image()).orElse("");
                String mover = getting.get(target);
                boolean moves = mover != null && moves(mover, target);
                if (mover != null && (moves || !kept.contains(target))) {
                    found.put(key, moves ? Meant.WANTED : Meant.PASSED);
                    left.computeIfAbsent(mover, any -> new ArrayList<>())
                            .add(new Change.Wanted(new Change.Removed(new RowKey(key), known.known()), moves));
                    if (moves || !early(Objects.requireNonNull(laidOut.get(mover)), former)) {
                        found.put(mover, Meant.FREED);
                    }
                }
            }
        });
        meant.putAll(found);
    }

    private boolean gets(String key, Optional<String> now) {
        Entry known = snapshot.rows().get(key);
        return known == null
                || !known.live()
                || (known.definition() != null
                        && !now.equals(staged.target(known.known().image())));
    }

    private boolean moves(String key, String now) {
        Entry known = snapshot.rows().get(key);
        return known != null
                && known.live()
                && known.definition() != null
                && known.remoteId() != null
                && staged.target(known.known().image())
                        .filter(before -> !before.equals(now))
                        .isPresent();
    }

    /** The keys that rows of the model have by the snapshot; where they are computed, only those that differ are looked at. */
    private Set<String> kept() {
        Set<String> kept = new TreeSet<>();
        Set<Staged> changed = new HashSet<>();
        notes.forEach(note -> {
            if (note.row() != null) {
                changed.add(note.row());
            }
        });
        for (Staged row : staged.rows()) {
            Entry known = row.key == null ? null : snapshot.rows().get(row.key);
            if (known != null
                    && known.live()
                    && known.definition() != null
                    && (!staged.computed() || changed.contains(row))) {
                staged.target(known.known().image()).ifPresent(kept::add);
            }
        }
        return kept;
    }

    private boolean isAnothers(String key, Entry known) {
        return known.remoteId() != null
                && snapshot.rows().entrySet().stream()
                        .anyMatch(other -> !other.getKey().equals(key)
                                && other.getValue().live()
                                && known.remoteId().equals(other.getValue().remoteId()));
    }

    private void byId(Map<String, Note> laidOut, Map<String, Meant> meant, Meant how, Predicate<Note> notBy) {
        Set<String> others = new HashSet<>();
        notes.stream().filter(notBy).forEach(note -> others.add(note.key()));
        Set<String> ids = new HashSet<>();
        snapshot.rows().forEach((key, entry) -> {
            if (entry.live() && entry.remoteId() != null && !others.contains(key)) {
                ids.add(entry.remoteId());
            }
        });
        laidOut.forEach((key, note) -> {
            if (note.kind() == Kind.REMOVED
                    && ids.contains(
                            Objects.requireNonNull(snapshot.rows().get(key)).remoteId())) {
                meant.put(key, how);
            }
        });
    }

    /** Keys that left the model. */
    Set<String> removed() {
        Set<String> keys = new TreeSet<>();
        notes.stream().filter(note -> note.kind() == Kind.REMOVED).forEach(note -> keys.add(note.key()));
        return keys;
    }

    Set<String> waiting() {
        return waiting;
    }
}
