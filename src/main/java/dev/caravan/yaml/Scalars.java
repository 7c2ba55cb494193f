package dev.caravan.yaml;

import dev.caravan.problem.Code;
import dev.caravan.problem.Spelling;
import dev.caravan.yaml.YamlNode.Items;
import dev.caravan.yaml.YamlNode.Kind;
import dev.caravan.yaml.YamlNode.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads single values. Each method answers empty after it has reported what is wrong with the node. */
public final class Scalars {

    private Scalars() {}

    /** Text that is not blank; numbers and truth values are taken as they are written. */
    public static Optional<Located<String>> text(YamlNode node, String name, Findings findings) {
        if (node instanceof Scalar scalar
                && scalar.kind() != Kind.NULL
                && !scalar.text().isBlank()) {
            return Optional.of(new Located<>(scalar.text(), scalar.place()));
        }
        return wrong(node, name + " is text", "write a word or a quoted text", findings);
    }

    /** One text, or a list of at least one. */
    public static Optional<List<Located<String>>> texts(YamlNode node, String name, Findings findings) {
        if (!(node instanceof Items list)) {
            return text(node, name, findings).map(List::of);
        }
        if (list.items().isEmpty()) {
            return wrong(node, name + " needs at least one entry", "write it, or [a, b]", findings);
        }
        List<Located<String>> texts = new ArrayList<>();
        list.items().forEach(item -> text(item, "an entry of " + name, findings).ifPresent(texts::add));
        return texts.size() == list.items().size() ? Optional.of(List.copyOf(texts)) : Optional.empty();
    }

    /** True or false. */
    public static Optional<Boolean> flag(YamlNode node, String name, Findings findings) {
        if (node instanceof Scalar scalar && scalar.kind() == Kind.BOOLEAN) {
            return Optional.of(Boolean.parseBoolean(scalar.text()));
        }
        return wrong(node, name + " is true or false", "write true or false, without quotes", findings);
    }

    /** A whole number between two bounds, both included. */
    public static Optional<Long> whole(YamlNode node, String name, long min, long max, Findings findings) {
        if (!(node instanceof Scalar scalar) || scalar.kind() != Kind.INTEGER) {
            return wrong(node, name + " is a whole number", "write digits, without quotes", findings);
        }
        BigDecimal value = new BigDecimal(scalar.text());
        boolean inside = value.compareTo(BigDecimal.valueOf(min)) >= 0 && value.compareTo(BigDecimal.valueOf(max)) <= 0;
        return inside
                ? Optional.of(value.longValueExact())
                : bad(node, name + " is between " + min + " and " + max, "choose a number in that range", findings);
    }

    /** A number, exactly as written. */
    public static Optional<BigDecimal> number(YamlNode node, String name, Findings findings) {
        if (node instanceof Scalar scalar && (scalar.kind() == Kind.INTEGER || scalar.kind() == Kind.DECIMAL)) {
            return Optional.of(new BigDecimal(scalar.text()));
        }
        return wrong(node, name + " is a number", "write it without quotes", findings);
    }

    /** One of the words of an enum, in lower case; those of {@code later} are refused as not supported yet. */
    public static <E extends Enum<E>> Optional<E> word(
            YamlNode node, String name, Class<E> words, List<String> later, Findings findings) {
        List<E> constants = Arrays.asList(words.getEnumConstants());
        List<String> known = constants.stream().map(Scalars::wordOf).toList();
        Optional<Located<String>> text = text(node, name, findings);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String found = text.get().value();
        if (later.contains(found)) {
            String instead = "choose one of " + String.join(", ", known);
            findings.report(Code.YAML_UNSUPPORTED, node.place(), "'" + found + "' is not supported yet", instead);
            return Optional.empty();
        }
        if (!known.contains(found)) {
            String hint = Spelling.suggest(found, known, "choose one of " + String.join(", ", known));
            return bad(node, name + " cannot be '" + found + "'", hint, findings);
        }
        return Optional.of(constants.get(known.indexOf(found)));
    }

    /** The word that stands for an enum constant. */
    public static String wordOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Reports a node of another kind than expected. */
    public static <T> Optional<T> wrong(YamlNode node, String expected, String suggestion, Findings findings) {
        String found = node.kindName().equals("text") ? "other text" : node.kindName();
        findings.report(Code.YAML_WRONG_TYPE, node.place(), expected + ", this is " + found, suggestion);
        return Optional.empty();
    }

    /** Reports a value that cannot be. */
    public static <T> Optional<T> bad(YamlNode node, String message, String suggestion, Findings findings) {
        findings.report(Code.YAML_BAD_VALUE, node.place(), message, suggestion);
        return Optional.empty();
    }
}
