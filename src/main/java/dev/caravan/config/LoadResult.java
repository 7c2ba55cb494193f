package dev.caravan.config;

import dev.caravan.config.settings.SandboxFile;
import dev.caravan.config.settings.WorkspaceConfig;
import dev.caravan.mapping.Mapping;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A workspace as loaded. Mappings that are sound can be used though others are not.
 *
 * @param config what {@code caravan.yaml} says; use it only while {@code configSound}
 * @param sandbox what {@code sandbox.yaml} says, as far as it is sound
 * @param loaded the sound mappings, by file
 * @param broken the names of the others
 * @param problems everything that is wrong, by place, with excerpts
 * @param notes what could not be checked, and why; not wrong in itself
 * @param fingerprint of all files, see {@link WorkspaceFiles#fingerprint}
 */
public record LoadResult(
        WorkspaceConfig config,
        boolean configSound,
        SandboxFile sandbox,
        List<LoadedMapping> loaded,
        Set<String> broken,
        List<Problem> problems,
        List<String> notes,
        String fingerprint) {

    public LoadResult {
        loaded = List.copyOf(loaded);
        broken = Set.copyOf(broken);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /** The sound mappings. */
    public List<Mapping> mappings() {
        return loaded.stream().map(LoadedMapping::mapping).toList();
    }

    /** The mapping of this name or, if no file has it, of this id. */
    public Optional<LoadedMapping> mapping(String nameOrId) {
        return loaded.stream()
                .filter(each -> each.name().equals(nameOrId))
                .findFirst()
                .or(() -> loaded.stream()
                        .filter(each -> each.id().value().equals(nameOrId))
                        .findFirst());
    }

    /** This result, or {@code InvalidInput} with all problems if there are any. */
    public LoadResult orThrow() {
        if (!problems.isEmpty()) {
            throw new InvalidInput(problems);
        }
        return this;
    }
}
