package dev.caravan.app;

import dev.caravan.config.LoadResult;
import dev.caravan.config.LoadedMapping;
import dev.caravan.config.MappingReload;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.pipeline.Mappings;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The mappings in use. A file that is edited and sound replaces its mapping; one that is broken leaves the last good version in
 * use and is named as broken; one that is gone takes its mapping along and deletes nothing. Safe for many threads.
 */
final class MappingRegistry implements Mappings {

    private @Nullable MappingReload now;

    /** What a reload changed. */
    record Changes(List<Mapping> put, List<MappingId> removed) {}

    /** Takes over a load. */
    synchronized Changes load(LoadResult result) {
        Map<String, LoadedMapping> before = inUse();
        MappingReload next = now == null ? MappingReload.first(result) : now.next(result);
        now = next;
        List<Mapping> put = Stream.concat(next.added().stream(), next.changed().stream())
                .map(name -> Objects.requireNonNull(next.active().get(name)).mapping())
                .toList();
        List<MappingId> removed = before.values().stream()
                .map(LoadedMapping::id)
                .filter(id ->
                        inUse().values().stream().noneMatch(kept -> kept.id().equals(id)))
                .toList();
        return new Changes(put, removed);
    }

    private Map<String, LoadedMapping> inUse() {
        return now == null ? Map.of() : now.active();
    }

    @Override
    public synchronized Optional<Mapping> find(MappingId id) {
        return Optional.ofNullable(inUse().get(id.value()))
                .or(() -> inUse().values().stream()
                        .filter(loaded -> loaded.id().equals(id))
                        .findFirst())
                .map(LoadedMapping::mapping);
    }

    /** The mapping of this id or file name, as its file is now; {@code InvalidInput} if there is none or its file is broken. */
    synchronized Mapping requireSound(MappingId id) {
        Mapping found = require(id);
        if (now != null && broken(found.id()).isPresent()) {
            throw new InvalidInput(now.problems());
        }
        return found;
    }

    /** The mapping of this id or file name; {@code InvalidInput} if there is none or its file is broken. */
    synchronized Mapping require(MappingId id) {
        Optional<Mapping> found = find(id);
        if (found.isPresent()) {
            return found.get();
        }
        if (now != null && now.broken().contains(id.value())) {
            throw new InvalidInput(now.problems());
        }
        throw new InvalidInput(Problem.of(
                Code.MAPPING_UNKNOWN,
                "there is no mapping " + id,
                inUse().isEmpty() ? "write one under mappings/" : "there are: " + names()));
    }

    private String names() {
        return String.join(", ", inUse().keySet());
    }

    /** All mappings in use. */
    synchronized List<Mapping> all() {
        return inUse().values().stream().map(LoadedMapping::mapping).toList();
    }

    /** What is wrong with a mapping's file, if its last good version is in use. */
    synchronized Optional<Problem> broken(MappingId id) {
        if (now == null) {
            return Optional.empty();
        }
        MappingReload current = now;
        return current.active().values().stream()
                .filter(loaded -> loaded.id().equals(id) && current.broken().contains(loaded.name()))
                .findFirst()
                .map(loaded -> problemOf(loaded.name(), current.problems()));
    }

    private static Problem problemOf(String name, List<Problem> problems) {
        String file = "mappings/" + name + ".yaml";
        return problems.stream()
                .filter(problem ->
                        problem.place() != null && problem.place().file().equals(file))
                .findFirst()
                .orElseGet(() -> Problem.of(
                        Code.MAPPING_UNKNOWN, name + " cannot be used as it is now", "run caravan validate"));
    }

    /** Everything that is wrong in the workspace as last read. */
    synchronized List<Problem> problems() {
        return now == null ? List.of() : now.problems();
    }
}
