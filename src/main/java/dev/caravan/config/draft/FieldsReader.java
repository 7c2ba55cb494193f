package dev.caravan.config.draft;

import dev.caravan.mapping.FieldRule.WhenEmpty;
import dev.caravan.row.Value;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.Scalars;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.YamlNode.Scalar;
import dev.caravan.yaml.shape.Section;
import dev.caravan.yaml.shape.View;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code fields:} and what fills a key. */
final class FieldsReader {

    private final Findings findings;

    FieldsReader(Findings findings) {
        this.findings = findings;
    }

    /**
     * All fields of a mapping; none if the block itself has a problem.
     *
     * @param keyAlone whether a row may be its key and nothing else, as a member of an audience is
     */
    List<FieldDraft> read(YamlNode node, boolean keyAlone) {
        Optional<Section> section = Section.of(node, findings);
        if (!keyAlone && section.isPresent() && section.get().block().entries().isEmpty()) {
            Scalars.bad(node, "no fields", "write at least one: Field__c: column", findings);
        }
        return section.map(found -> found.block().entries()).orElse(List.of()).stream()
                .map(this::field)
                .toList();
    }

    /** What fills a key field: a column name, {@code {column: …}} or {@code {cel: …}}. */
    Optional<SourceDraft> keySource(YamlNode node) {
        return node instanceof Scalar
                ? column(node)
                : Section.of(node, findings).flatMap(this::source);
    }

    /** Whether what fills a key field is to be masked. */
    boolean isPrivate(YamlNode node) {
        return !(node instanceof Scalar)
                && Section.of(node, findings)
                        .map(section -> section.flag("pii", false))
                        .orElse(false);
    }

    private FieldDraft field(Entry entry) {
        Located<String> name = new Located<>(entry.key(), entry.place());
        Optional<Section> opened =
                entry.value() instanceof Scalar ? Optional.empty() : Section.of(entry.value(), findings);
        if (opened.isEmpty()) {
            return new FieldDraft(name, column(entry.value()), Optional.empty(), true, WhenEmpty.CLEAR, false);
        }
        Section section = opened.get();
        return new FieldDraft(
                name,
                source(section),
                section.whole("round").map(digits -> new Located<>(Math.toIntExact(digits), section.placeOf("round"))),
                section.flag("triggers", true),
                section.word("when_empty", WhenEmpty.class).orElse(WhenEmpty.CLEAR),
                section.flag("pii", false));
    }

    /** Of several that would fill it none is taken: the shape has told that there are several. */
    private Optional<SourceDraft> source(Section section) {
        long said = Stream.of("column", "constant", "cel").filter(section::has).count();
        Optional<SourceDraft> plain = section.node("column")
                .flatMap(this::column)
                .or(() -> section.node("constant").flatMap(FieldsReader::constant))
                .or(() -> section.node("cel")
                        .filter(Scalar.class::isInstance)
                        .map(node -> new SourceDraft.Cel((Scalar) node)))
                .filter(any -> said == 1);
        return lookedUp(section, new NormaliseReader(section, findings).around(plain));
    }

    private static Optional<SourceDraft> lookedUp(Section section, Optional<SourceDraft> of) {
        if (!section.has("lookup")) {
            return of;
        }
        return section.section("lookup").flatMap(lookup -> {
            Optional<Located<String>> object = lookup.text("object");
            Optional<Located<String>> key = lookup.text("key");
            return of.filter(source -> object.isPresent() && key.isPresent())
                    .map(source -> new SourceDraft.LookedUp(
                            source, object.get().value(), key.get().value(), lookup.place()));
        });
    }

    private Optional<SourceDraft> column(YamlNode node) {
        return View.text(node).filter(any -> findings.sound(node)).map(SourceDraft.Column::new);
    }

    private static Optional<SourceDraft> constant(YamlNode node) {
        return node instanceof Scalar scalar
                ? constantOf(scalar).map(value -> new SourceDraft.Constant(value, node.place()))
                : Optional.empty();
    }

    /** A value as written: quoted is text, digits are a number; nothing is none. */
    static Optional<Value> constantOf(Scalar scalar) {
        return switch (scalar.kind()) {
            case TEXT -> Optional.of(new Value.Text(scalar.text()));
            case BOOLEAN -> Optional.of(new Value.Bool(Boolean.parseBoolean(scalar.text())));
            case DECIMAL -> Optional.of(new Value.Decimal(new BigDecimal(scalar.text())));
            case INTEGER ->
                new BigDecimal(scalar.text()).toBigInteger().bitLength() < Long.SIZE
                        ? Optional.of(new Value.Int(new BigDecimal(scalar.text()).longValueExact()))
                        : Optional.of(new Value.Decimal(new BigDecimal(scalar.text())));
            case NULL -> Optional.empty();
        };
    }
}
