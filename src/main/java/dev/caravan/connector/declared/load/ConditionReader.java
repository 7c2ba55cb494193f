package dev.caravan.connector.declared.load;

import dev.caravan.connector.declared.select.Check;
import dev.caravan.connector.declared.select.Condition;
import dev.caravan.connector.declared.select.Selector;
import dev.caravan.problem.Code;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.shape.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads conditions. */
final class ConditionReader {

    /** Any 2xx. */
    static final Condition WELL = new Condition.Status(Set.of(), Set.of(2));

    /** Everything. */
    static final Condition ALWAYS = new Condition.All(List.of());

    /** Nothing. */
    static final Condition NEVER = new Condition.Any(List.of());

    private final Compiler compiler;

    ConditionReader(Compiler compiler) {
        this.compiler = compiler;
    }

    Optional<Condition> condition(View view, String key) {
        return view.block(key).map(this::condition);
    }

    Condition condition(View view, String key, Condition byDefault) {
        return condition(view, key).orElse(byDefault);
    }

    Condition condition(View view) {
        List<Condition> all = new ArrayList<>();
        if (view.has("status")) {
            all.add(status(view));
        }
        view.entries("header")
                .forEach(entry -> headerCheck(entry.value())
                        .ifPresent(check ->
                                all.add(new Condition.Header(entry.key().toLowerCase(Locale.ROOT), check))));
        if (view.has("content_type")) {
            Set<String> types = new HashSet<>();
            view.texts("content_type").forEach(text -> types.add(text.value().toLowerCase(Locale.ROOT)));
            all.add(new Condition.ContentType(types));
        }
        at(view).ifPresent(all::add);
        condition(view, "not").ifPresent(condition -> all.add(new Condition.Not(condition)));
        if (view.has("any")) {
            all.add(new Condition.Any(
                    view.blocks("any").stream().map(this::condition).toList()));
        }
        if (view.has("all")) {
            all.add(new Condition.All(
                    view.blocks("all").stream().map(this::condition).toList()));
        }
        if (view.block().entries().isEmpty()) {
            compiler.report(
                    Code.CONNECTOR_OPERATION, view.place(), "a condition that asks nothing", "write {status: 2xx}");
        }
        return all.size() == 1 ? all.getFirst() : new Condition.All(all);
    }

    private static Condition status(View view) {
        Set<Integer> codes = new HashSet<>();
        Set<Integer> classes = new HashSet<>();
        view.texts("status").stream()
                .map(text -> text.value())
                .filter(text -> text.matches("[1-5].."))
                .forEach(text -> {
                    if (text.endsWith("xx")) {
                        classes.add(text.charAt(0) - '0');
                    } else if (text.matches("[0-9]{3}")) {
                        codes.add(Integer.parseInt(text));
                    }
                });
        return new Condition.Status(codes, classes);
    }

    private Optional<Condition> at(View view) {
        boolean asks = view.has("is") || view.has("matches") || view.has("absent") || view.has("each");
        if (!view.has("at")) {
            if (asks) {
                compiler.report(
                        Code.CONNECTOR_OPERATION,
                        view.place(),
                        "a condition that does not say where to look",
                        "add 'at: $.…'");
            }
            return Optional.empty();
        }
        Optional<Selector> selector = compiler.selector(view, "at");
        if (!asks) {
            compiler.report(
                    Code.CONNECTOR_OPERATION,
                    view.place(),
                    "a condition that does not say what must stand there",
                    "add 'is', 'matches', 'absent' or 'each'");
        }
        Optional<Condition> each = condition(view, "each");
        Optional<String> variable = compiler.variable(view, "is");
        return selector.flatMap(at -> each.<Condition>map(condition -> new Condition.Each(at, condition))
                .or(() -> variable.map(name -> new Condition.Named(at, name)))
                .or(() -> check(view).map(check -> new Condition.At(at, check))));
    }

    private Optional<Check> headerCheck(YamlNode node) {
        return node instanceof YamlNode.Block block ? check(new View(block)) : Optional.of(is(values(node)));
    }

    private Optional<Check> check(View view) {
        if (view.has("is")) {
            return Optional.of(is(view.nodes("is")));
        }
        if (view.has("matches")) {
            return compiler.pattern(view, "matches").map(Check.Matches::new);
        }
        return view.has("absent") ? Optional.of(new Check.Absent(view.flag("absent", true))) : Optional.empty();
    }

    private static List<YamlNode> values(YamlNode node) {
        return node instanceof YamlNode.Items list ? list.items() : List.of(node);
    }

    private static Check is(List<YamlNode> nodes) {
        return new Check.Is(nodes.stream()
                .filter(YamlNode.Scalar.class::isInstance)
                .map(node -> ((YamlNode.Scalar) node).text())
                .collect(Collectors.toSet()));
    }
}
