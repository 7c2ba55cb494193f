package dev.caravan.config.draft;

import dev.caravan.config.settings.Connections;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Scalar;
import dev.caravan.yaml.shape.Section;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Reads one mapping file. */
public final class MappingReader {

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
        return Section.document(document, MappingShapes.MAPPING, findings).map(section -> mapping(name, file, section));
    }

    private MappingDraft mapping(String name, String file, Section section) {
        Optional<YamlNode> model = section.node("model");
        boolean shared = model.filter(Scalar.class::isInstance).isPresent();
        FieldsReader fieldsReader = new FieldsReader(findings);
        Optional<TargetDraft> target = section.section("destination")
                .map(found -> new TargetReader(connections, fieldsReader, findings).read(found));
        return new MappingDraft(
                name,
                Place.ofFile(file),
                id(name, file, section),
                section.text("was").map(text -> new MappingId(text.value())),
                section.text("description").map(Located::value).orElse(""),
                section.text("owner").map(Located::value).orElse(""),
                section.section("model").filter(any -> !shared).map(new ModelReader(connections, findings)::read),
                section.text("model").filter(any -> shared),
                section.section("schedule").flatMap(new ScheduleReader(clock, findings)::read),
                section.section("contract")
                        .map(new ContractReader(findings)::read)
                        .orElse(ContractDraft.NONE),
                target,
                fields(section, target, fieldsReader),
                section.section("guardrails")
                        .map(new GuardReader(findings)::read)
                        .orElse(GuardDraft.NONE),
                section.section("slo").map(MappingReader::slo).orElse(Slo.NONE),
                findings);
    }

    private List<FieldDraft> fields(Section section, Optional<TargetDraft> target, FieldsReader reader) {
        boolean keysAlone = target.filter(MappingReader::members).isPresent();
        if (!keysAlone && !section.has("fields")) {
            findings.report(Code.YAML_MISSING_KEY, section.place(), "a mapping needs 'fields'", "add 'fields: …'");
        }
        return section.node("fields").map(node -> reader.read(node, keysAlone)).orElse(List.of());
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
            return section.text("id").map(text -> new Located<>(new MappingId(text.value()), text.place()));
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

    private static Slo slo(Section section) {
        return new Slo(section.duration("fresh_within"), section.share("accepted"), section.share("defect_free"));
    }
}
