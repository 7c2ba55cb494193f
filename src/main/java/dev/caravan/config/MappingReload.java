package dev.caravan.config;

import dev.caravan.config.settings.WorkspaceConfig;
import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a load means for mappings that run. A broken file keeps its last good version; a file that is gone takes its mapping
 * with it; a new version that writes a field which a kept one owns, or has its id, is not taken up. Immutable.
 *
 * @param active the mappings to run, by name
 * @param config the last configuration without problems
 * @param added names that were not active before
 * @param changed names whose file, or shared model, has other content
 * @param removed names that are no longer active
 * @param broken names whose file cannot be used now, with an older version active or none
 * @param problems everything that is wrong
 */
public record MappingReload(
        SortedMap<String, LoadedMapping> active,
        WorkspaceConfig config,
        Set<String> added,
        Set<String> changed,
        Set<String> removed,
        Set<String> broken,
        List<Problem> problems) {

    /** The first load: every sound mapping is added. */
    public static MappingReload first(LoadResult load) {
        return reload(new TreeMap<>(), load.config(), load);
    }

    /** What a later load changes. */
    public MappingReload next(LoadResult load) {
        return reload(active, load.configSound() ? load.config() : config, load);
    }

    /** Whether every file is used as it is now. */
    public boolean healthy() {
        return problems.isEmpty();
    }

    private static MappingReload reload(
            SortedMap<String, LoadedMapping> before, WorkspaceConfig config, LoadResult load) {
        Kept kept = new Kept();
        SortedMap<String, LoadedMapping> active = new TreeMap<>();
        Set<String> broken = new TreeSet<>(load.broken());
        List<Problem> problems = new ArrayList<>(load.problems());
        before.forEach((name, mapping) -> {
            if (broken.contains(name)) {
                active.put(name, mapping);
                kept.add(mapping);
            }
        });
        for (LoadedMapping mapping : load.loaded()) {
            Optional<Problem> conflict = kept.conflict(mapping);
            conflict.ifPresent(problem -> {
                problems.add(problem);
                broken.add(mapping.name());
            });
            Optional<LoadedMapping> usable =
                    conflict.isEmpty() ? Optional.of(mapping) : Optional.ofNullable(before.get(mapping.name()));
            usable.ifPresent(found -> active.put(found.name(), found));
        }
        Set<String> added = minus(active.keySet(), before.keySet());
        Set<String> removed = minus(before.keySet(), active.keySet());
        Set<String> changed = new TreeSet<>();
        before.forEach((name, old) -> Optional.ofNullable(active.get(name))
                .filter(now -> !now.hash().equals(old.hash()))
                .ifPresent(now -> changed.add(name)));
        return new MappingReload(active, config, added, changed, removed, broken, List.copyOf(problems));
    }

    private static Set<String> minus(Set<String> all, Set<String> without) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(without);
        return rest;
    }

    /** Ids and fields of mappings whose files are broken and whose last good version runs on. */
    private static final class Kept {
        private final Map<MappingId, String> ids = new HashMap<>();
        private final Map<String, String> fields = new HashMap<>();

        void add(LoadedMapping kept) {
            ids.put(kept.id(), kept.name());
            kept.mapping().fields().rules().forEach(rule -> fields.put(owned(kept.mapping(), rule), kept.name()));
        }

        Optional<Problem> conflict(LoadedMapping loaded) {
            Mapping mapping = loaded.mapping();
            if (ids.containsKey(loaded.id())) {
                return Optional.of(Problem.at(
                        Code.MAPPING_DUPLICATE_ID,
                        mapping.place(),
                        "'" + ids.get(loaded.id()) + "', whose file is broken, still runs with this id",
                        "repair that file, or delete it"));
            }
            return mapping.fields().rules().stream()
                    .filter(rule -> fields.containsKey(owned(mapping, rule)))
                    .findFirst()
                    .map(rule -> Problem.at(
                            Code.MAPPING_FIELD_OWNED_TWICE,
                            rule.place(),
                            "'" + rule.field() + "' is still written by '" + fields.get(owned(mapping, rule))
                                    + "', whose file is broken",
                            "repair that file, or delete it"));
        }

        private static String owned(Mapping mapping, FieldRule rule) {
            String field =
                    mapping.target().connection() + "|" + mapping.target().object() + "|" + rule.field();
            return field.toLowerCase(Locale.ROOT);
        }
    }
}
