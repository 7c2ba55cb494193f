package dev.caravan.config.check;

import dev.caravan.config.draft.FieldDraft;
import dev.caravan.config.draft.GuardDraft;
import dev.caravan.config.draft.GuardDraft.FieldGuard;
import dev.caravan.guard.Guardrails;
import dev.caravan.guard.Guardrails.FieldLimits;
import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.FieldSource;
import dev.caravan.problem.Code;
import dev.caravan.problem.Spelling;
import dev.caravan.row.ValueType;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.Scalars;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the fields of one mapping and the guardrails on them. */
final class FieldAssembly {

    private final SourceAssembly sources;
    private final Findings findings;
    private final Map<String, ValueType> types = new HashMap<>();

    FieldAssembly(SourceAssembly sources, Findings findings) {
        this.sources = sources;
        this.findings = findings;
    }

    /** The rules of all fields that are sound. Destinations ignore case in field names, so do we. */
    List<FieldRule> rules(List<FieldDraft> drafts, List<Located<String>> keyFields) {
        Set<String> seen = new HashSet<>();
        keyFields.forEach(key -> seen.add(key.value().toLowerCase(Locale.ROOT)));
        List<FieldRule> rules = new ArrayList<>();
        for (FieldDraft draft : drafts) {
            if (!seen.add(draft.field().value().toLowerCase(Locale.ROOT))) {
                findings.report(
                        Code.YAML_DUPLICATE_KEY,
                        draft.field().place(),
                        "'" + draft.field().value() + "' is written twice, or is the key too",
                        "keep one of them; the key always goes along");
            }
            draft.source().flatMap(sources::assemble).ifPresent(source -> rules.add(rule(draft, source)));
        }
        return rules;
    }

    private FieldRule rule(FieldDraft draft, FieldSource source) {
        Optional<ValueType> type = sources.type(source);
        type.ifPresent(known -> types.put(draft.field().value(), known));
        if (draft.round().isPresent() && type.isPresent() && !type.get().numeric()) {
            findings.report(
                    Code.MODEL_COLUMN_TYPE,
                    draft.round().get().place(),
                    "'round' needs a number, this field is filled with " + Scalars.wordOf(type.get()),
                    "declare the column as decimal or double in the model, or remove 'round'");
        }
        return new FieldRule(
                draft.field().value(),
                source,
                draft.round().map(Located::value),
                draft.triggers(),
                draft.whenEmpty(),
                draft.pii(),
                draft.field().place());
    }

    /** The guardrails; ask after {@link #rules}. */
    Guardrails guardrails(GuardDraft draft, List<FieldDraft> fields) {
        List<String> names = fields.stream().map(field -> field.field().value()).toList();
        Map<String, FieldLimits> limits = new HashMap<>();
        for (FieldGuard guard : draft.fields()) {
            if (sound(guard, names)) {
                limits.put(
                        guard.field().value(), new FieldLimits(guard.deadBand().map(Located::value)));
            }
        }
        return new Guardrails(
                draft.maxChanged(),
                draft.maxRemoved(),
                draft.maxCleared(),
                draft.minRows(),
                draft.maxFirstSync(),
                draft.maxResent(),
                limits);
    }

    private boolean sound(FieldGuard guard, List<String> names) {
        String field = guard.field().value();
        if (!names.contains(field)) {
            findings.report(
                    Code.GUARD_FIELD_UNKNOWN,
                    guard.field().place(),
                    "the mapping has no field '" + field + "'",
                    Spelling.suggest(field, names, "its fields: " + String.join(", ", names)));
            return false;
        }
        Optional<ValueType> type = Optional.ofNullable(types.get(field));
        if (guard.deadBand().isPresent() && type.isPresent() && !type.get().numeric()) {
            findings.report(
                    Code.GUARD_FIELD_TYPE,
                    guard.deadBand().get().place(),
                    "a dead band needs a number, '" + field + "' is filled with " + Scalars.wordOf(type.get()),
                    "remove it, or declare the column as decimal or double in the model");
            return false;
        }
        return true;
    }
}
