package dev.caravan.config.draft;

import dev.caravan.mapping.FieldRule.WhenEmpty;
import dev.caravan.problem.Code;
import dev.caravan.row.Value;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Keys;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.Scalars;
import dev.caravan.yaml.Section;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.YamlNode.Kind;
import dev.caravan.yaml.YamlNode.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code fields:} and what fills a key. */
final class FieldsReader {

    /** The three ways of filling a field, in the order they are looked for. */
    private static final List<String> SOURCES = List.of("column", "constant", "cel");

    /** A key that is the same for every row would be no key. */
    private static final List<String> KEY_SOURCES = List.of("column", "cel");

    private static final Keys KEYS = Keys.of(
                    "column",
                    "constant",
                    "cel",
                    "normalise",
                    "hashed",
                    "country",
                    "lookup",
                    "round",
                    "triggers",
                    "when_empty",
                    "pii")
            .later("only_if_blank", "max_length");
    private static final Keys KEY_KEYS = Keys.of("column", "cel", "normalise", "hashed", "country", "lookup");
    private static final Keys LOOKUP_KEYS = Keys.of("object", "key");
    /** A colon stands after the object that a reference leads to, where it may lead to several: {@code Lead:Who.Email}. */
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_.]*(:[A-Za-z][A-Za-z0-9_.]*)?");

    private static final int MAX_DIGITS = 15;

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
        Optional<Section> section = Section.openFree(node, "'fields'", findings);
        if (!keyAlone && section.isPresent() && section.get().block().entries().isEmpty()) {
            Scalars.bad(node, "no fields", "write at least one: Field__c: column", findings);
        }
        List<FieldDraft> fields = new ArrayList<>();
        section.ifPresent(found -> found.block().entries().forEach(entry -> fields.add(field(entry))));
        return fields;
    }

    /** A field's name at its place; empty if no destination could have such a field. */
    Optional<Located<String>> name(Entry entry) {
        if (FIELD.matcher(entry.key()).matches()) {
            return Optional.of(new Located<>(entry.key(), entry.place()));
        }
        findings.report(
                Code.YAML_BAD_VALUE, entry.place(), "'" + entry.key() + "' cannot name a field", "use its API name");
        return Optional.empty();
    }

    /** What fills a key field: a column name, {@code {column: …}} or {@code {cel: …}}. */
    Optional<SourceDraft> keySource(YamlNode node) {
        if (node instanceof Scalar) {
            return column(node);
        }
        return Section.open(node, "a key", KEY_KEYS, findings).flatMap(section -> source(section, KEY_SOURCES));
    }

    private FieldDraft field(Entry entry) {
        Located<String> name = name(entry).orElse(new Located<>(entry.key(), entry.place()));
        if (entry.value() instanceof Scalar) {
            return new FieldDraft(name, column(entry.value()), Optional.empty(), true, WhenEmpty.CLEAR, false);
        }
        Optional<Section> opened = Section.open(entry.value(), "a field", KEYS, findings);
        if (opened.isEmpty()) {
            return new FieldDraft(name, Optional.empty(), Optional.empty(), true, WhenEmpty.CLEAR, false);
        }
        Section section = opened.get();
        Optional<Located<Integer>> round = section.node("round")
                .flatMap(node -> Scalars.whole(node, "'round'", 0, MAX_DIGITS, findings))
                .map(digits -> new Located<>(Math.toIntExact(digits), section.placeOf("round")));
        return new FieldDraft(
                name,
                source(section, SOURCES),
                round,
                section.flag("triggers", true),
                section.node("when_empty")
                        .flatMap(n -> Scalars.word(n, "'when_empty'", WhenEmpty.class, List.of("default"), findings))
                        .orElse(WhenEmpty.CLEAR),
                section.flag("pii", false));
    }

    private Optional<SourceDraft> source(Section section, List<String> sources) {
        List<String> found = sources.stream().filter(section::has).toList();
        if (found.isEmpty()) {
            findings.report(
                    Code.YAML_MISSING_KEY,
                    section.place(),
                    "nothing says what fills this field",
                    "add one of " + String.join(", ", sources));
            return Optional.empty();
        }
        if (found.size() > 1) {
            findings.report(
                    Code.YAML_BAD_VALUE,
                    section.placeOf(found.get(1)),
                    "'" + found.getFirst() + "' and '" + found.get(1) + "' together",
                    "keep one of them");
            return Optional.empty();
        }
        Optional<SourceDraft> plain = section.node(found.getFirst()).flatMap(node -> switch (found.getFirst()) {
            case "column" -> column(node);
            case "constant" -> constant(node);
            default -> cel(node);
        });
        return lookedUp(section, new NormaliseReader(section, findings).around(plain));
    }

    private Optional<SourceDraft> lookedUp(Section section, Optional<SourceDraft> of) {
        Optional<YamlNode> node = section.node("lookup");
        if (node.isEmpty()) {
            return of;
        }
        return Section.open(node.get(), "'lookup'", LOOKUP_KEYS, findings).flatMap(lookup -> {
            Optional<Located<String>> object = lookup.requiredText("object").filter(this::isObject);
            Optional<Located<String>> key = lookup.requiredText("key");
            return of.filter(source -> object.isPresent() && key.isPresent())
                    .map(source -> new SourceDraft.LookedUp(
                            source, object.get().value(), key.get().value(), lookup.place()));
        });
    }

    private boolean isObject(Located<String> name) {
        boolean sound = TargetReader.OBJECT.matcher(name.value()).matches();
        if (!sound) {
            findings.report(
                    Code.YAML_BAD_VALUE,
                    name.place(),
                    "'" + name.value() + "' cannot name an object",
                    "use the name that a mapping's destination would have");
        }
        return sound;
    }

    private Optional<SourceDraft> column(YamlNode node) {
        return Scalars.text(node, "a column", findings).map(SourceDraft.Column::new);
    }

    private Optional<SourceDraft> cel(YamlNode node) {
        return Scalars.text(node, "'cel'", findings).map(text -> new SourceDraft.Cel((Scalar) node));
    }

    private Optional<SourceDraft> constant(YamlNode node) {
        return value(node).map(value -> new SourceDraft.Constant(value, node.place()));
    }

    /** A value as written: quoted is text, digits are a number. */
    private Optional<Value> value(YamlNode node) {
        if (!(node instanceof Scalar scalar) || scalar.kind() == Kind.NULL) {
            return Scalars.wrong(node, "'constant' is one value", "write text, a number, true or false", findings);
        }
        return constantOf(scalar, findings);
    }

    static Optional<Value> constantOf(Scalar scalar, Findings findings) {
        return switch (scalar.kind()) {
            case TEXT -> Optional.of(new Value.Text(scalar.text()));
            case BOOLEAN -> Optional.of(new Value.Bool(Boolean.parseBoolean(scalar.text())));
            case DECIMAL -> Optional.of(new Value.Decimal(new BigDecimal(scalar.text())));
            case INTEGER ->
                new BigDecimal(scalar.text()).toBigInteger().bitLength() < Long.SIZE
                        ? Optional.of(new Value.Int(new BigDecimal(scalar.text()).longValueExact()))
                        : Optional.of(new Value.Decimal(new BigDecimal(scalar.text())));
            case NULL -> Scalars.wrong(scalar, "a value", "write text, a number, true or false", findings);
        };
    }
}
