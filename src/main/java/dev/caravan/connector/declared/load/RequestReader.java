package dev.caravan.connector.declared.load;

import dev.caravan.connector.declared.spec.BodySpec;
import dev.caravan.connector.declared.spec.RequestSpec;
import dev.caravan.connector.declared.template.Ground;
import dev.caravan.connector.declared.template.PathTemplate;
import dev.caravan.connector.declared.template.Ref;
import dev.caravan.connector.declared.template.Root;
import dev.caravan.connector.declared.template.TextTemplate;
import dev.caravan.connector.declared.template.TreeTemplate;
import dev.caravan.problem.Code;
import dev.caravan.transport.HttpRequest;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.shape.View;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads requests. */
final class RequestReader {

    private static final Set<String> NOT_OURS = Set.of(
            "authorization",
            "connection",
            "content-length",
            "content-type",
            "cookie",
            "host",
            "proxy-authorization",
            "te",
            "transfer-encoding",
            "upgrade");
    private static final String JSON = "application/json";
    private static final Map<String, Character> DELIMITERS =
            Map.of("comma", ',', "semicolon", ';', "tab", '\t', "pipe", '|');

    private final Compiler compiler;
    private final TemplateReader templates;
    private final TreeReader trees;

    RequestReader(Compiler compiler, TemplateReader templates) {
        this.compiler = compiler;
        this.templates = templates;
        this.trees = new TreeReader(compiler, templates);
    }

    /** A text beside a request, about the same. */
    Optional<TextTemplate> text(View view, String key, Ground ground) {
        return templates.text(view, key, ground);
    }

    /** A request that is written among other keys or alone. Without a method, which the shape reports, it reads as a GET. */
    RequestSpec request(View view, Ground ground) {
        Optional<HttpRequest.Method> method = Arrays.stream(HttpRequest.Method.values())
                .filter(one -> view.has(key(one)))
                .findFirst();
        PathTemplate path = method.flatMap(one -> view.node(key(one)))
                .map(node -> templates.path(node, ground))
                .orElseGet(() -> new PathTemplate("/", List.of()));
        return new RequestSpec(
                method.orElse(HttpRequest.Method.GET),
                path,
                templates.query(view, "query", ground),
                repeated(view, ground),
                headers(view, ground),
                body(view, ground));
    }

    private Map<String, TextTemplate> repeated(View view, Ground ground) {
        if (!view.has("query_rows")) {
            return Map.of();
        }
        templates.name("each rows");
        return templates.query(view, "query_rows", ground.with(Root.ROW, Root.ROW_FIELD));
    }

    private static String key(HttpRequest.Method method) {
        return method.name().toLowerCase(Locale.ROOT);
    }

    /** Headers; of rows they may hold dedupe keys alone. */
    Map<String, TextTemplate> headers(View view, Ground ground) {
        Ground above = ground.without(Root.ROW_FIELD, Root.FIELD);
        view.entries("headers").forEach(entry -> header(entry));
        Map<String, TextTemplate> headers = templates.texts(view, "headers", above);
        headers.forEach((name, template) -> template.holes().stream()
                .filter(hole -> !mayBeInHeader(hole.ref()))
                .forEach(hole -> compiler.report(
                        Code.CONNECTOR_TEMPLATE,
                        view.place(),
                        "'" + hole.ref().text() + "' in header " + name,
                        "of rows only row.dedupe_key and batch.dedupe_key go into a header")));
        return headers;
    }

    private static boolean mayBeInHeader(Ref ref) {
        boolean ofRows = ref.root() == Root.ROW || ref.root() == Root.FOUND || ref.root() == Root.BATCH;
        return !ofRows || ref.name().equals("dedupe_key");
    }

    private void header(Entry entry) {
        String name = entry.key().toLowerCase(Locale.ROOT);
        if (compiler.isTaken(name) && !NOT_OURS.contains(name)) {
            compiler.report(
                    Code.CONNECTOR_HEADER,
                    entry.place(),
                    "header '" + entry.key() + "' is set by auth or sign",
                    "keep one of them");
            return;
        }
        if (NOT_OURS.contains(name) || name.startsWith("camel") || !name.matches("[a-z0-9_-]{1,80}")) {
            compiler.report(
                    Code.CONNECTOR_HEADER,
                    entry.place(),
                    "header '" + entry.key() + "' is not for a connector to set",
                    NOT_OURS.contains(name)
                            ? "use auth, sign or content_type"
                            : "write a name of letters, digits and hyphens");
        }
    }

    private BodySpec body(View view, Ground ground) {
        String type = view.text("content_type", "");
        if (view.has("body")) {
            return new BodySpec.Json(tree(view, "body", ground), type.isEmpty() ? JSON : type);
        }
        if (view.has("json_lines")) {
            templates.name("each rows");
            Ground row = ground.with(Root.ROW, Root.ROW_FIELD);
            return new BodySpec.JsonLines(
                    tree(view, "json_lines", row), type.isEmpty() ? "application/x-ndjson" : type);
        }
        if (view.has("form")) {
            Map<String, TreeTemplate> fields = new LinkedHashMap<>();
            view.entries("form").forEach(entry -> fields.put(entry.key(), trees.tree(entry.value(), ground)));
            return new BodySpec.Form(fields);
        }
        if (view.has("csv")) {
            return csv(view.block("csv").orElse(view), type.isEmpty() ? "text/csv" : type, ground);
        }
        return templates
                .text(view, "text", ground)
                .<BodySpec>map(BodySpec.Text::new)
                .orElseGet(BodySpec.None::new);
    }

    private TreeTemplate tree(View view, String key, Ground ground) {
        Optional<YamlNode> node = view.node(key);
        return trees.tree(node.orElse(view.block()), ground);
    }

    private BodySpec csv(View view, String type, Ground ground) {
        templates.name("each rows");
        Ground row = ground.with(Root.ROW, Root.ROW_FIELD);
        List<BodySpec.Column> columns = view.blocks("columns").stream()
                .map(column -> new BodySpec.Column(
                        templates.must(column, "name", ground), templates.must(column, "value", row)))
                .toList();
        char delimiter = DELIMITERS.getOrDefault(view.text("delimiter", "comma"), ',');
        boolean crlf = view.text("line_end", "lf").equals("crlf");
        Optional<String> part = view.text("part").map(Located::value);
        return new BodySpec.Csv(columns, view.flag("fields", true), delimiter, crlf, type, part);
    }
}
