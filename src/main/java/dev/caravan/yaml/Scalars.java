package dev.caravan.yaml;

import dev.caravan.problem.Code;
import dev.caravan.yaml.YamlNode.Kind;
import dev.caravan.yaml.YamlNode.Scalar;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads single values. Each method answers empty after it has reported what is wrong with the node. */
public final class Scalars {

    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?) ?%");

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

    /** A single value that is not nothing. */
    public static Optional<Scalar> value(YamlNode node, String name, Findings findings) {
        return node instanceof Scalar scalar && scalar.kind() != Kind.NULL
                ? Optional.of(scalar)
                : wrong(node, name + " is one value", "write text, a number, true or false", findings);
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
    public static Optional<BigDecimal> number(YamlNode node, String name, boolean positive, Findings findings) {
        if (!(node instanceof Scalar scalar) || (scalar.kind() != Kind.INTEGER && scalar.kind() != Kind.DECIMAL)) {
            return wrong(node, name + " is a number", "write it without quotes", findings);
        }
        BigDecimal value = new BigDecimal(scalar.text());
        return !positive || value.signum() > 0
                ? Optional.of(value)
                : bad(node, name + " is more than 0", "write a larger number, or leave it out", findings);
    }

    /** {@code 30%} or {@code 0.3}, as a number between 0 and 1. */
    public static Optional<BigDecimal> share(YamlNode node, String name, Findings findings) {
        Optional<BigDecimal> share =
                shareOf(node).filter(value -> value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0);
        String message = name + " is a share, this is " + shown(node);
        return share.isPresent()
                ? share
                : bad(node, message, "write 0% to 100%, or a number between 0 and 1", findings);
    }

    private static Optional<BigDecimal> shareOf(YamlNode node) {
        if (!(node instanceof Scalar scalar)) {
            return Optional.empty();
        }
        if (scalar.kind() == Kind.INTEGER || scalar.kind() == Kind.DECIMAL) {
            return Optional.of(new BigDecimal(scalar.text()).stripTrailingZeros());
        }
        Matcher percent = PERCENT.matcher(scalar.text());
        return percent.matches()
                ? Optional.of(new BigDecimal(percent.group(1)).movePointLeft(2).stripTrailingZeros())
                : Optional.empty();
    }

    /** What stands there, for messages. */
    public static String shown(YamlNode node) {
        return node instanceof Scalar scalar && scalar.kind() != Kind.NULL
                ? "'" + scalar.text() + "'"
                : node.kindName();
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
