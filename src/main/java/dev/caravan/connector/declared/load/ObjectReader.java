package dev.caravan.connector.declared.load;

import com.google.re2j.Pattern;
import dev.caravan.connector.declared.select.Selector;
import dev.caravan.connector.declared.spec.DescribeSpec;
import dev.caravan.connector.declared.spec.FieldSpec;
import dev.caravan.connector.declared.spec.NamePattern;
import dev.caravan.connector.declared.spec.ObjectSpec;
import dev.caravan.connector.declared.spec.OperationSpec;
import dev.caravan.connector.declared.template.Ground;
import dev.caravan.connector.declared.template.Root;
import dev.caravan.destination.Action;
import dev.caravan.mapping.TargetField;
import dev.caravan.normalise.Compiled;
import dev.caravan.normalise.Normalisers;
import dev.caravan.problem.Code;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.shape.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/** Reads objects. */
final class ObjectReader {

    private static final java.util.regex.Pattern CAPTURE =
            java.util.regex.Pattern.compile("\\{([a-z][a-z0-9_]{0,39})}");

    private final Compiler compiler;
    private final TemplateReader templates;
    private final Ground ground;

    ObjectReader(Compiler compiler, TemplateReader templates, Ground ground) {
        this.compiler = compiler;
        this.templates = templates;
        this.ground = ground;
    }

    ObjectSpec object(View view) {
        List<NamePattern> names = view.texts("names").stream().map(this::name).toList();
        Set<String> captures = shared(names);
        compiler.captures(captures);
        Ground about = ground.about(captures);
        Ground keyed = about.with(Root.KEY_FIELD);
        LookupReader lookups = new LookupReader(compiler, templates);
        OperationReader reader = new OperationReader(compiler, templates, view, keyed);
        Map<Action, OperationSpec> operations = new LinkedHashMap<>();
        view.entries("operations")
                .forEach(entry -> View.wordOf(entry.key(), Action.class)
                        .ifPresent(action -> View.of(entry.value())
                                .flatMap(inside -> reader.operation(action, inside))
                                .ifPresent(operation -> operations.put(action, operation))));
        ObjectSpec object = new ObjectSpec(
                names,
                view.text("about", ""),
                describe(view, about),
                operations,
                keys(view),
                view.blocks("lookups").stream()
                        .map(lookup -> lookups.read(lookup, keyed))
                        .toList());
        compiler.captures(Set.of());
        return object;
    }

    /** Fields that identify a record together, joined by {@code +}. */
    private List<Set<String>> keys(View view) {
        List<Set<String>> keys = new ArrayList<>();
        for (Located<String> text : view.texts("keys")) {
            Set<String> fields =
                    new LinkedHashSet<>(List.of(text.value().strip().split("\\s*\\+\\s*")));
            if (fields.size() < 2) {
                compiler.report(
                        Code.CONNECTOR_NAME,
                        text.place(),
                        "'" + text.value() + "' is no key of several fields",
                        "write the fields as a + b; a field that is a key alone has key: true");
            }
            keys.add(fields);
        }
        return keys;
    }

    /** What all names capture; templates may count on nothing else. */
    private Set<String> shared(List<NamePattern> names) {
        Set<String> all = new HashSet<>();
        names.forEach(name -> all.addAll(name.captures()));
        Set<String> shared = new HashSet<>(all);
        names.forEach(name -> shared.retainAll(name.captures()));
        return shared;
    }

    private NamePattern name(Located<String> text) {
        Matcher matcher = CAPTURE.matcher(text.value());
        StringBuilder pattern = new StringBuilder();
        List<String> captures = new ArrayList<>();
        int at = 0;
        while (matcher.find()) {
            pattern.append(Pattern.quote(text.value().substring(at, matcher.start())))
                    .append("([^/\\s]+?)");
            captures.add(matcher.group(1));
            at = matcher.end();
        }
        String rest = text.value().substring(at);
        pattern.append(Pattern.quote(rest));
        boolean stray = CAPTURE.matcher(text.value()).replaceAll("").matches(".*[{}].*");
        if (stray || text.value().contains("}{") || new HashSet<>(captures).size() < captures.size()) {
            compiler.report(
                    Code.CONNECTOR_NAME,
                    text.place(),
                    "'" + text.value() + "' cannot be taken apart",
                    "write each capture once, as {name} in lower case, with text between two of them");
        }
        return new NamePattern(text.value(), Pattern.compile(pattern.toString()), captures);
    }

    private DescribeSpec describe(View view, Ground about) {
        if (!view.has("describe")) {
            return new DescribeSpec.Known(
                    fields(view, "fields"),
                    view.word("open", TargetField.Kind.class),
                    compiler.pattern(view, "personal"));
        }
        View asked = view.block("describe").orElse(view);
        ConditionReader conditions = new ConditionReader(compiler);
        View type = asked.block("type").orElse(asked);
        Selector nothing = Compiler.always("$");
        return new DescribeSpec.Asked(
                new RequestReader(compiler, templates).request(asked, about),
                compiler.selector(asked, "fields").orElse(nothing),
                compiler.selector(asked, "name").orElse(nothing),
                compiler.selector(type, "at").orElse(nothing),
                kinds(type),
                conditions.condition(asked, "writable"),
                conditions.condition(asked, "key"),
                compiler.selector(asked, "keys"),
                conditions.condition(asked, "required"),
                conditions.condition(asked, "ignore_case"),
                compiler.selector(asked, "values"),
                compiler.selector(asked, "length"),
                fields(asked, "also"),
                asked.block("pages").flatMap(pages -> JobReader.pages(compiler, pages)));
    }

    private Map<String, TargetField.Kind> kinds(View view) {
        Map<String, TargetField.Kind> kinds = new LinkedHashMap<>();
        for (TargetField.Kind kind : TargetField.Kind.values()) {
            view.texts(kind.name().toLowerCase(Locale.ROOT)).forEach(type -> {
                if (kinds.put(type.value(), kind) != null) {
                    String message = "type '" + type.value() + "' means two things";
                    compiler.report(Code.CONNECTOR_OPERATION, type.place(), message, "keep one of them");
                }
            });
        }
        return kinds;
    }

    private List<FieldSpec> fields(View view, String key) {
        Set<String> seen = new HashSet<>();
        return view.blocks(key).stream().map(field -> field(field, seen)).toList();
    }

    private FieldSpec field(View view, Set<String> seen) {
        String name = view.text("name", "");
        if (!seen.add(name)) {
            compiler.report(
                    Code.CONNECTOR_NAME, view.place(), "field '" + name + "' is there twice", "keep one of them");
        }
        Optional<Located<String>> normalise = view.text("normalise");
        normalise.ifPresent(pipe -> {
            if (Normalisers.compile(pipe.value()) instanceof Compiled.Wrong wrong) {
                compiler.report(Code.CONNECTOR_REFERENCE, pipe.place(), wrong.message(), wrong.suggestion());
            }
        });
        return new FieldSpec(
                name,
                view.word("type", TargetField.Kind.class).orElse(TargetField.Kind.TEXT),
                (int) view.whole("length", 0),
                view.flag("key", false),
                view.flag("required", false),
                view.flag("writable", true),
                view.flag("ignore_case", false),
                view.texts("values").stream().map(Located::value).toList(),
                normalise.map(Located::value),
                view.duration("max_age"));
    }
}
