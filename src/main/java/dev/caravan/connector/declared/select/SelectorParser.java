package dev.caravan.connector.declared.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compiles selectors. For one text. */
public final class SelectorParser {

    private static final int LONGEST = 500;
    private static final String HINT = "write $, .name, ['name'], [0], [*] or [{key_field}]";

    private final String text;
    private final Set<String> variables;
    private final List<Step> steps = new ArrayList<>();
    private int at = 1;

    private SelectorParser(String text, Set<String> variables) {
        this.text = text;
        this.variables = variables;
    }

    /**
     * Compiles a selector.
     *
     * @param variables the names that braces may hold
     */
    public static Parsed<Selector> parse(String text, Set<String> variables) {
        if (!text.startsWith("$")) {
            return new Parsed.Bad<>(0, "a selector begins with $", "write $ before it, as in $.name");
        }
        if (text.length() > LONGEST) {
            return new Parsed.Bad<>(0, "a selector of " + text.length() + " characters", "write a shorter one");
        }
        return new SelectorParser(text, variables).parse();
    }

    private Parsed<Selector> parse() {
        while (at < text.length() && text.charAt(at) != '~') {
            int from = at;
            Optional<String> wrong = text.charAt(at) == '.' ? dotted() : bracketed();
            if (wrong.isPresent()) {
                return new Parsed.Bad<>(text.codePointCount(0, from), wrong.get(), HINT);
            }
        }
        boolean names = at < text.length();
        if (names && at != text.length() - 1) {
            return new Parsed.Bad<>(text.codePointCount(0, at), "~ stands at the end", HINT);
        }
        return new Parsed.Good<>(new Selector(text, steps, names));
    }

    private Optional<String> dotted() {
        int from = ++at;
        if (at < text.length() && text.charAt(at) == '*') {
            at++;
            steps.add(new Step.All());
            return Optional.empty();
        }
        while (at < text.length() && nameLetter(text.charAt(at))) {
            at++;
        }
        steps.add(new Step.Name(text.substring(from, at)));
        return at == from ? Optional.of("a name is missing behind the dot") : Optional.empty();
    }

    private static boolean nameLetter(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '@';
    }

    private Optional<String> bracketed() {
        if (text.charAt(at) != '[') {
            return Optional.of("'" + Character.toString(text.codePointAt(at)) + "' is not expected here");
        }
        boolean quoted = at + 1 < text.length() && text.charAt(at + 1) == '\'';
        int end = quoted ? text.indexOf("']", at + 2) + 1 : text.indexOf(']', at);
        if (end <= at) {
            return Optional.of("a bracket is not closed");
        }
        String inside = text.substring(at + 1, end);
        at = end + 1;
        return step(inside);
    }

    private Optional<String> step(String inside) {
        if (inside.equals("*")) {
            steps.add(new Step.All());
        } else if (inside.startsWith("'")) {
            steps.add(new Step.Name(inside.substring(1, inside.length() - 1)));
        } else if (inside.startsWith("{") && inside.endsWith("}")) {
            String variable = inside.substring(1, inside.length() - 1);
            steps.add(new Step.Variable(variable));
            return variables.contains(variable)
                    ? Optional.empty()
                    : Optional.of("{" + variable + "} is not known here; there are " + String.join(", ", variables));
        } else if (inside.matches("[0-9]{1,6}")) {
            steps.add(new Step.Index(Integer.parseInt(inside)));
        } else {
            return Optional.of("[" + inside + "] is no step");
        }
        return Optional.empty();
    }
}
