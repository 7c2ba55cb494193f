package dev.caravan.connector.declared.load;

import dev.caravan.connector.declared.template.Ground;
import dev.caravan.connector.declared.template.PathTemplate;
import dev.caravan.problem.Code;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.shape.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the beginnings of paths, which settings choose. */
final class StartReader {

    private final Compiler compiler;
    private final TemplateReader templates;
    private final WhenReader whens;

    StartReader(Compiler compiler, TemplateReader templates, WhenReader whens) {
        this.compiler = compiler;
        this.templates = templates;
        this.whens = whens;
    }

    /** By name, each with what it may be in the file's order. */
    Map<String, List<PathTemplate.Start>> read(View file, Ground ground) {
        Map<String, List<PathTemplate.Start>> starts = new LinkedHashMap<>();
        for (Entry entry : file.entries("paths")) {
            if (!entry.key().matches("[a-z][a-z0-9_]{0,39}")) {
                compiler.report(
                        Code.CONNECTOR_NAME,
                        entry.place(),
                        "a beginning of paths cannot be called '" + entry.key() + "'",
                        "write lower-case letters, digits and underscores");
            }
            List<View> several = entry.value() instanceof YamlNode.Items list
                    ? list.items().stream()
                            .flatMap(node -> View.of(node).stream())
                            .toList()
                    : List.of();
            whens.check(several);
            starts.put(
                    entry.key(),
                    several.stream()
                            .filter(start -> start.has("path"))
                            .map(start -> new PathTemplate.Start(
                                    whens.when(start),
                                    templates
                                            .path(start.node("path").orElseThrow(), ground)
                                            .segments()))
                            .toList());
        }
        return starts;
    }
}
