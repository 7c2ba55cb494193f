package dev.caravan.connector.declared.load;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.caravan.connector.declared.select.Parsed;
import dev.caravan.connector.declared.select.Selector;
import dev.caravan.connector.declared.select.SelectorParser;
import dev.caravan.connector.declared.select.Wording;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.shape.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compiles selectors and patterns, and reports those that are none. For one file and one thread. */
final class Compiler {

    private static final Pattern VARIABLE = Pattern.compile("\\{(key_field|object(\\.[a-zA-Z0-9_]+)?)\\}");

    private final Findings findings;
    private final Set<String> takenHeaders = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private Set<String> variables = new TreeSet<>(Set.of("key_field", "object"));

    Compiler(Findings findings) {
        this.findings = findings;
    }

    Findings findings() {
        return findings;
    }

    /** From here on selectors may name these parts of the object's name. */
    void captures(Set<String> captures) {
        variables = new TreeSet<>(Set.of("key_field", "object"));
        captures.forEach(capture -> variables.add("object." + capture));
    }

    /** From here on requests cannot set these headers: they are auth's and sign's. */
    void taken(Set<String> headers) {
        takenHeaders.addAll(headers);
    }

    /** Whether auth or sign sets this header. */
    boolean isTaken(String header) {
        return takenHeaders.contains(header);
    }

    void report(Code code, Place place, String message, String suggestion) {
        findings.report(code, place, message, suggestion);
    }

    Optional<Selector> selector(View view, String key) {
        return view.node(key).flatMap(this::selector);
    }

    /** One selector or a list of them. */
    List<Selector> several(View view, String key) {
        return view.nodes(key).stream().flatMap(node -> selector(node).stream()).toList();
    }

    Selector selector(View view, String key, String byDefault) {
        return selector(view, key).orElseGet(() -> always(byDefault));
    }

    /** A selector that this program itself has written. */
    static Selector always(String text) {
        return switch (SelectorParser.parse(text, Set.of())) {
            case Parsed.Good<Selector> good -> good.value();
            case Parsed.Bad<Selector> bad -> throw new IllegalStateException(bad.message());
        };
    }

    Optional<Selector> selector(YamlNode node) {
        return View.text(node).flatMap(text -> switch (SelectorParser.parse(text.value(), variables)) {
            case Parsed.Good<Selector> good -> Optional.of(good.value());
            case Parsed.Bad<Selector> bad -> {
                report(Code.CONNECTOR_SELECTOR, at(node, bad.offset()), bad.message(), bad.suggestion());
                yield Optional.empty();
            }
        });
    }

    /** The place of a character of a text. */
    static Place at(YamlNode node, int offset) {
        boolean inside = node instanceof YamlNode.Scalar scalar
                && offset < scalar.text().codePointCount(0, scalar.text().length());
        return inside ? ((YamlNode.Scalar) node).placeAt(offset) : node.place();
    }

    Map<String, Selector> selectors(View view, String key) {
        Map<String, Selector> selectors = new LinkedHashMap<>();
        view.entries(key)
                .forEach(entry -> selector(entry.value()).ifPresent(selector -> selectors.put(entry.key(), selector)));
        return selectors;
    }

    Optional<Wording> wording(View view, String key) {
        Optional<Located<String>> text = view.text(key);
        if (text.isPresent() && text.get().value().startsWith("$")) {
            return selector(view, key).map(Wording.At::new);
        }
        return text.map(fixed -> new Wording.Fixed(fixed.value()));
    }

    Optional<Pattern> pattern(View view, String key) {
        return view.text(key).flatMap(this::pattern);
    }

    Optional<Pattern> pattern(Located<String> text) {
        try {
            return Optional.of(Pattern.compile(text.value()));
        } catch (PatternSyntaxException e) {
            report(
                    Code.CONNECTOR_PATTERN,
                    text.place(),
                    "not a regular expression: " + e.getDescription(),
                    "write one in the syntax of RE2");
            return Optional.empty();
        }
    }

    /** The variable that is all of a text in braces; empty for any other text. */
    Optional<String> variable(View view, String key) {
        Optional<Located<String>> text = view.text(key).filter(one -> VARIABLE.matches(one.value()));
        Optional<String> name =
                text.map(one -> one.value().substring(1, one.value().length() - 1));
        if (name.isPresent() && !variables.contains(name.get())) {
            report(
                    Code.CONNECTOR_SELECTOR,
                    text.get().place(),
                    "{" + name.get() + "} is not known here",
                    "write one of " + String.join(", ", variables));
        }
        return name;
    }

    /** A pattern whose first group is asked for. */
    Optional<Pattern> grouped(View view, String key) {
        Optional<Pattern> pattern = pattern(view, key);
        if (pattern.isPresent() && pattern.get().groupCount() == 0) {
            report(
                    Code.CONNECTOR_PATTERN,
                    view.text(key).map(Located::place).orElse(view.place()),
                    "a pattern without a group, of which the first is wanted",
                    "put ( ) around what is wanted");
            return Optional.empty();
        }
        return pattern;
    }
}
