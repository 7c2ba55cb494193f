package dev.caravan.config.draft;

import dev.caravan.config.settings.Connections;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.yaml.Amounts;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Keys;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.Scalars;
import dev.caravan.yaml.Section;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Scalar;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads one mapping file. */
public final class MappingReader {

    private static final Keys KEYS = Keys.of(
                    "id",
                    "was",
                    "description",
                    "owner",
                    "model",
                    "schedule",
                    "contract",
                    "destination",
                    "fields",
                    "guardrails",
                    "slo")
            .later("snapshot", "after", "trigger", "diff", "enabled", "tags");
    private static final Keys SLO = Keys.of("fresh_within", "accepted", "defect_free");

    private final Connections connections;
    private final InstantSource clock;
    private final Findings findings = new Findings();

    /** A reader of one file. */
    public MappingReader(Connections connections, InstantSource clock) {
        this.connections = connections;
        this.clock = clock;
    }

    /** What is wrong with the file. */
    public Findings findings() {
        return findings;
    }

    /** The mapping that a document holds; empty if it is no block. Read one document a reader. */
    public Optional<MappingDraft> read(String name, String file, YamlNode document) {
        return Section.open(document, "a mapping", KEYS, findings).map(section -> mapping(name, file, section));
    }

    private MappingDraft mapping(String name, String file, Section section) {
        Optional<YamlNode> model = section.required("model");
        boolean shared = model.filter(Scalar.class::isInstance).isPresent();
        FieldsReader fieldsReader = new FieldsReader(findings);
        Optional<TargetDraft> target = section.required("destination")
                .flatMap(node -> new TargetReader(connections, fieldsReader, findings).read(node));
        boolean keysAlone = target.filter(MappingReader::members).isPresent();
        Optional<YamlNode> written = keysAlone ? section.node("fields") : section.required("fields");
        List<FieldDraft> fields =
                written.map(node -> fieldsReader.read(node, keysAlone)).orElse(List.of());
        Set<String> names = fields.stream().map(field -> field.field().value()).collect(Collectors.toSet());
        return new MappingDraft(
                name,
                Place.ofFile(file),
                id(name, file, section),
                section.text("was").flatMap(this::mappingId).map(Located::value),
                section.text("description").map(Located::value).orElse(""),
                section.text("owner").map(Located::value).orElse(""),
                model.filter(node -> !shared).flatMap(node -> new ModelReader(connections, findings).read(node)),
                model.filter(node -> shared).flatMap(node -> Scalars.text(node, "'model'", findings)),
                section.node("schedule").flatMap(node -> new ScheduleReader(clock, findings).read(node)),
                section.node("contract").map(new ContractReader(findings)::read).orElse(ContractDraft.NONE),
                target,
                fields,
                section.node("guardrails")
                        .map(new GuardReader(names, findings)::read)
                        .orElse(GuardDraft.NONE),
                section.node("slo").map(this::slo).orElse(Slo.NONE),
                findings);
    }

    /** Whether what is written may be no more than that a row is there. */
    private static boolean members(TargetDraft target) {
        return switch (target.operation()) {
            case ADD, REMOVE, MIRROR -> true;
            case UPSERT, UPDATE, INSERT, APPEND -> false;
        };
    }

    private Optional<Located<MappingId>> id(String name, String file, Section section) {
        if (section.has("id")) {
            return section.text("id").flatMap(this::mappingId);
        }
        if (MappingId.valid(name)) {
            return Optional.of(new Located<>(new MappingId(name), Place.ofFile(file)));
        }
        findings.report(
                Code.YAML_BAD_VALUE,
                Place.ofFile(file),
                "the file's path cannot be a mapping's id",
                "rename it with lower-case letters, digits, _ and -, or add id: …");
        return Optional.empty();
    }

    private Optional<Located<MappingId>> mappingId(Located<String> text) {
        if (MappingId.valid(text.value())) {
            return Optional.of(new Located<>(new MappingId(text.value()), text.place()));
        }
        findings.report(
                Code.YAML_BAD_VALUE,
                text.place(),
                "'" + text.value() + "' cannot be a mapping's id",
                "use lower-case letters, digits, _ and -, joined by /");
        return Optional.empty();
    }

    private Slo slo(YamlNode node) {
        return Section.open(node, "'slo'", SLO, findings)
                .map(section -> new Slo(
                        section.node("fresh_within").flatMap(n -> Amounts.duration(n, "'fresh_within'", findings)),
                        section.node("accepted").flatMap(n -> Amounts.share(n, "'accepted'", findings)),
                        section.node("defect_free").flatMap(n -> Amounts.share(n, "'defect_free'", findings))))
                .orElse(Slo.NONE);
    }
}
