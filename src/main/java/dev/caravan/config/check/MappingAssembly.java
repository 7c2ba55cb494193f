package dev.caravan.config.check;

import dev.caravan.config.draft.MappingDraft;
import dev.caravan.config.draft.ModelDraft;
import dev.caravan.config.draft.TargetDraft;
import dev.caravan.config.draft.TargetDraft.KeyPart;
import dev.caravan.config.field.FieldDefinitions;
import dev.caravan.config.field.KnownColumns;
import dev.caravan.contract.Contract;
import dev.caravan.guard.Guardrails;
import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.TargetKey;
import dev.caravan.yaml.Findings;
import java.util.List;
import java.util.Optional;

/** Makes mappings of drafts. */
public final class MappingAssembly {

    private final ModelCheck models;
    private final FieldDefinitions definitions = new FieldDefinitions();

    public MappingAssembly(ModelCheck models) {
        this.models = models;
    }

    /**
     * The mapping, unless it or its model has a problem; whatever can be checked is checked either way.
     *
     * @param model the model it reads, inline or shared; absent when it cannot be read at all
     */
    public Optional<Mapping> assemble(MappingDraft draft, Optional<ModelDraft> model) {
        Findings findings = draft.findings();
        KnownColumns columns = model.map(models::columns).orElse(KnownColumns.NONE);
        Contract contract = new ContractAssembly(columns, findings).assemble(draft.contract(), model);
        SourceAssembly sources = new SourceAssembly(columns, findings);
        List<KeyPart> parts = draft.target().map(TargetDraft::key).orElse(List.of());
        Optional<FieldSource> key = key(parts, sources);
        FieldAssembly fields = new FieldAssembly(sources, findings);
        List<FieldRule> rules = fields.rules(
                draft.fields(),
                parts.stream().flatMap(part -> part.field().stream()).toList());
        Guardrails guardrails = fields.guardrails(draft.guards(), draft.fields());
        boolean sound = findings.none() && model.map(m -> m.findings().none()).orElse(false);
        if (!sound || draft.id().isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        return model.flatMap(ModelDraft::model)
                .flatMap(found -> draft.target()
                        .flatMap(target -> target(target, key.get()))
                        .map(target -> new Mapping(
                                draft.id().get().value(),
                                draft.description(),
                                draft.owner(),
                                found,
                                draft.schedule(),
                                contract,
                                target,
                                definitions.of(rules, key.get()),
                                guardrails,
                                draft.place())));
    }

    private static Optional<Target> target(TargetDraft draft, FieldSource key) {
        if (draft.connection().isEmpty()
                || draft.object().isEmpty()
                || draft.key().stream().anyMatch(part -> part.field().isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new Target(
                draft.connection().get().value(),
                draft.object().get().value(),
                draft.operation(),
                new TargetKey(draft.key().stream()
                        .map(part -> part.field().orElseThrow().value())
                        .toList()),
                key,
                draft.onRemoved(),
                draft.onUnknown(),
                draft.onRekeyed(),
                draft.resendEvery(),
                draft.adopted(),
                draft.strategy(),
                draft.place(),
                draft.key().getFirst().field().orElseThrow().place(),
                draft.key().stream().anyMatch(KeyPart::pii)));
    }

    /** What fills the key; all parts are looked at, so that all problems are told. */
    private static Optional<FieldSource> key(List<KeyPart> parts, SourceAssembly sources) {
        List<FieldSource> sound = parts.stream()
                .flatMap(part -> part.source().flatMap(sources::assemble).stream())
                .toList();
        if (sound.isEmpty() || sound.size() < parts.size()) {
            return Optional.empty();
        }
        return Optional.of(sound.size() == 1 ? sound.getFirst() : new FieldSource.Composite(sound));
    }
}
