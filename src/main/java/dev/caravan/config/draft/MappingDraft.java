package dev.caravan.config.draft;

import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Schedule;
import dev.caravan.problem.Place;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import java.util.List;
import java.util.Optional;

/**
 * A mapping file as written.
 *
 * @param name its path under {@code mappings/} without {@code .yaml}
 * @param id its identity, where it is written, or the file; absent when it has a problem
 * @param was the identity it had before a rename
 * @param inline the model written in it
 * @param shared the name of the model it shares
 * @param findings what is wrong with it; a mapping is usable only while there is nothing
 */
public record MappingDraft(
        String name,
        Place place,
        Optional<Located<MappingId>> id,
        Optional<MappingId> was,
        String description,
        String owner,
        Optional<ModelDraft> inline,
        Optional<Located<String>> shared,
        Optional<Schedule> schedule,
        ContractDraft contract,
        Optional<TargetDraft> target,
        List<FieldDraft> fields,
        GuardDraft guards,
        Slo slo,
        Findings findings) {

    public MappingDraft {
        fields = List.copyOf(fields);
    }
}
