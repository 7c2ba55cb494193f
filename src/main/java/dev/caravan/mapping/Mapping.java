package dev.caravan.mapping;

import dev.caravan.contract.Contract;
import dev.caravan.guard.Guardrails;
import dev.caravan.model.Model;
import dev.caravan.problem.Place;
import dev.caravan.row.Digest;
import dev.caravan.row.RowKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One mapping file, validated: model → fields → destination object, with schedule, contract and guardrails.
 *
 * @param description for people; empty if not given
 * @param owner the team that answers for it; empty if not given
 * @param fields what it writes and how
 * @param place the file
 */
public record Mapping(
        MappingId id,
        String description,
        String owner,
        Model model,
        Optional<Schedule> schedule,
        Contract contract,
        Target target,
        FieldSet fields,
        Guardrails guardrails,
        Place place) {

    /**
     * The version of all that decides what a stored plan row would do: the fields, and how and where they are written. An approval
     * holds for this version alone.
     */
    public String version() {
        return fields.version() + "-"
                + new Digest()
                        .add(target.connection())
                        .add(target.object())
                        .add(target.keyField())
                        .add(target.operation().name())
                        .add(target.onRemoved().name())
                        .add(Boolean.toString(target.adopted()))
                        .hex()
                        .substring(0, 6);
    }

    /** The model columns that keys and fields read, keys first: what a snapshot's image holds. */
    public Set<String> imageColumns() {
        Set<String> columns = new LinkedHashSet<>(model.key());
        columns.addAll(target.keySource().columns());
        columns.addAll(fields.columns());
        return columns;
    }

    /** The model columns whose change makes a row a candidate: keys and what triggering fields read. */
    public Set<String> hashedColumns() {
        Set<String> columns = new LinkedHashSet<>(model.key());
        columns.addAll(target.keySource().columns());
        columns.addAll(fields.triggeringColumns());
        return columns;
    }

    /** The destination fields, those of the key included, that take the id of another record, and where that is found. */
    public Map<String, Lookup> lookups() {
        Map<String, Lookup> lookups = new LinkedHashMap<>();
        List<FieldSource> key = target.keySource() instanceof FieldSource.Composite composite
                ? composite.parts()
                : List.of(target.keySource());
        for (int i = 0; i < key.size(); i++) {
            if (key.get(i) instanceof FieldSource.LookedUp lookedUp) {
                lookups.put(target.key().fields().get(i), lookedUp.lookup());
            }
        }
        for (FieldRule rule : fields.rules()) {
            if (rule.source() instanceof FieldSource.LookedUp lookedUp) {
                lookups.put(rule.field(), lookedUp.lookup());
            }
        }
        return lookups;
    }

    /**
     * How the model's keys are told apart where the destination compares its own like that. Alike where its key is made of theirs alone: what is
     * one record there is one row here. Else byte for byte, as the warehouse tells its rows: the destination never sees them.
     */
    public RowKey.Equality keyEquality(RowKey.Equality ofTarget) {
        return sameKeyBothSides() ? ofTarget : RowKey.Equality.EXACT;
    }

    /** Whether the destination's key is made of the model's key columns alone, so that one cannot change without the other. */
    public boolean sameKeyBothSides() {
        return model.key().containsAll(target.keySource().columns());
    }
}
