package dev.caravan.connector.declared.load;

import dev.caravan.connector.declared.select.Parsed;
import dev.caravan.connector.declared.template.Ground;
import dev.caravan.connector.declared.template.Hole;
import dev.caravan.connector.declared.template.HoleCheck;
import dev.caravan.connector.declared.template.Part;
import dev.caravan.connector.declared.template.PathTemplate;
import dev.caravan.connector.declared.template.Root;
import dev.caravan.connector.declared.template.TemplateParser;
import dev.caravan.connector.declared.template.TextTemplate;
import dev.caravan.problem.Code;
import dev.caravan.problem.Spelling;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.shape.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads templates and reports what they may not name. Remembers what they name, so that joins can be checked against requests. */
final class TemplateReader {

    private final Compiler compiler;
    private final Set<String> named = new TreeSet<>();
    private Map<String, List<PathTemplate.Start>> starts = Map.of();

    TemplateReader(Compiler compiler) {
        this.compiler = compiler;
    }

    /** From here on paths may begin with these. */
    void starts(Map<String, List<PathTemplate.Start>> known) {
        starts = known;
    }

    /** What was named since this was asked last: {@code row.trace}, {@code each rows}. */
    Set<String> takeNamed() {
        Set<String> taken = new TreeSet<>(named);
        named.clear();
        return taken;
    }

    /** The same, to be asked again. */
    Set<String> named() {
        return new TreeSet<>(named);
    }

    void name(String what) {
        named.add(what);
    }

    Optional<TextTemplate> text(View view, String key, Ground ground) {
        return view.node(key).flatMap(node -> text(node, ground));
    }

    /** A template that must be there; the shape has said so where it is not. */
    TextTemplate must(View view, String key, Ground ground) {
        return text(view, key, ground).orElseGet(() -> TextTemplate.literal(""));
    }

    Optional<TextTemplate> text(YamlNode node, Ground ground) {
        Optional<TextTemplate> template = parsed(node);
        template.ifPresent(text -> text.holes().forEach(hole -> check(node, hole, ground, true)));
        return template;
    }

    private Optional<TextTemplate> parsed(YamlNode node) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            return Optional.empty();
        }
        return switch (TemplateParser.parse(scalar.text())) {
            case Parsed.Good<TextTemplate> good -> Optional.of(good.value());
            case Parsed.Bad<TextTemplate> bad -> {
                compiler.report(
                        Code.CONNECTOR_TEMPLATE, Compiler.at(node, bad.offset()), bad.message(), bad.suggestion());
                yield Optional.empty();
            }
        };
    }

    /** Reports a hole that cannot be filled here. */
    void check(YamlNode node, Hole hole, Ground ground, boolean inText) {
        named.add(hole.ref().text());
        HoleCheck.wrong(hole, ground)
                .or(() -> inText ? HoleCheck.wrongInText(hole) : Optional.empty())
                .ifPresent(wrong -> refuse(node, hole, wrong));
    }

    private void refuse(YamlNode node, Hole hole, HoleCheck.Wrong wrong) {
        compiler.report(Code.CONNECTOR_TEMPLATE, Compiler.at(node, hole.offset()), wrong.message(), wrong.suggestion());
    }

    /** Query parameters: what a row holds stands alone there, or between quotes. */
    Map<String, TextTemplate> query(View view, String key, Ground ground) {
        Map<String, TextTemplate> templates = new LinkedHashMap<>();
        view.entries(key)
                .forEach(entry -> text(entry.value(), ground).ifPresent(template -> {
                    if (template.parts().size() > 1) {
                        template.holes()
                                .forEach(hole -> HoleCheck.wrongAmongText(hole)
                                        .ifPresent(wrong -> refuse(entry.value(), hole, wrong)));
                    }
                    templates.put(entry.key(), template);
                }));
        return templates;
    }

    Map<String, TextTemplate> texts(View view, String key, Ground ground) {
        Map<String, TextTemplate> templates = new LinkedHashMap<>();
        view.entries(key)
                .forEach(entry ->
                        text(entry.value(), ground).ifPresent(template -> templates.put(entry.key(), template)));
        return templates;
    }

    /** A path, cut into segments. */
    PathTemplate path(YamlNode node, Ground ground) {
        Optional<TextTemplate> whole = parsed(node);
        if (whole.isEmpty()) {
            return new PathTemplate("/", List.of());
        }
        String source = whole.get().source();
        Optional<Hole> start = start(whole.get());
        TextTemplate template = start.isEmpty()
                ? whole.get()
                : new TextTemplate(
                        source,
                        whole.get().parts().subList(1, whole.get().parts().size()));
        template.holes().forEach(hole -> check(node, hole, ground, true));
        template.parts().forEach(part -> literal(node, part));
        if (!beginsWithSlash(template) && (start.isEmpty() || !template.parts().isEmpty())) {
            bad(node, "a path that does not begin with a slash", "write it as below the base address: /v1/…");
        }
        List<TextTemplate> segments = segments(template);
        segments.forEach(segment -> segment(node, segment));
        return new PathTemplate(source, start.map(hole -> starts(node, hole)).orElse(List.of()), segments);
    }

    private static Optional<Hole> start(TextTemplate template) {
        return !template.parts().isEmpty()
                        && template.parts().getFirst() instanceof Part.Filled first
                        && first.hole().ref().root() == Root.PATHS
                ? Optional.of(first.hole())
                : Optional.empty();
    }

    private static boolean beginsWithSlash(TextTemplate template) {
        return !template.parts().isEmpty()
                && template.parts().getFirst() instanceof Part.Literal first
                && first.text().startsWith("/");
    }

    private List<PathTemplate.Start> starts(YamlNode node, Hole hole) {
        String name = hole.ref().name();
        if (!starts.containsKey(name) || !hole.calls().isEmpty() || hole.ref().optional()) {
            Set<String> names = starts.keySet();
            compiler.report(
                    Code.CONNECTOR_TEMPLATE,
                    Compiler.at(node, hole.offset()),
                    "no beginning of paths: '" + name + "'",
                    Spelling.suggest(
                            name, names, "'paths' has " + (names.isEmpty() ? "none" : String.join(", ", names))));
        }
        return starts.getOrDefault(name, List.of());
    }

    private void literal(YamlNode node, Part part) {
        if (part instanceof Part.Literal literal
                && !literal.text().matches("([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})*")) {
            bad(
                    node,
                    "a path with '" + literal.text() + "'",
                    "leave the query to 'query:', and write the rest encoded");
        }
    }

    private void segment(YamlNode node, TextTemplate segment) {
        String text = segment.source();
        if (text.equals(".") || text.equals("..")) {
            bad(node, "a path with a segment of dots", "write the path that is meant");
        }
        if (segment.parts().size() > 1 && (text.contains("'") || text.contains("("))) {
            segment.holes()
                    .forEach(hole -> HoleCheck.wrongAmongText(hole).ifPresent(wrong -> refuse(node, hole, wrong)));
        }
    }

    private void bad(YamlNode node, String message, String suggestion) {
        compiler.report(Code.CONNECTOR_TEMPLATE, node.place(), message, suggestion);
    }

    private static List<TextTemplate> segments(TextTemplate template) {
        List<TextTemplate> segments = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        StringBuilder source = new StringBuilder();
        for (Part part : template.parts()) {
            if (part instanceof Part.Literal literal) {
                String[] pieces = literal.text().split("/", -1);
                for (int i = 0; i < pieces.length; i++) {
                    if (i > 0) {
                        segments.add(new TextTemplate(source.toString(), parts));
                        parts = new ArrayList<>();
                        source.setLength(0);
                    }
                    if (!pieces[i].isEmpty()) {
                        parts.add(new Part.Literal(pieces[i]));
                        source.append(pieces[i]);
                    }
                }
            } else {
                parts.add(part);
                source.append("{{…}}");
            }
        }
        segments.add(new TextTemplate(source.toString(), parts));
        return segments.subList(1, segments.size());
    }
}
