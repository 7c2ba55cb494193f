package dev.caravan.connector.declared.template;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caravan.row.WholeText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Fills templates. What cannot be filled is noted in the faults, and something harmless stands in its place: whoever finds a fault there
 * sends nothing of what came out. For one thread.
 */
public final class Fill {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final TextTemplate LISTED_KEY = new TextTemplate(
            "{{ row.key | listed }}",
            List.of(new Part.Filled(new Hole(
                    new Ref(Root.ROW, "key", false),
                    List.of(new Call(Function.LISTED, List.of(), Optional.empty())),
                    0))));

    private final Scope scope;
    private final Faults faults;

    public Fill(Scope scope, Faults faults) {
        this.scope = scope;
        this.faults = faults;
    }

    /** The same for an item of a list. */
    Fill in(Scope item) {
        return new Fill(item, faults);
    }

    Scope scope() {
        return scope;
    }

    /** The text, or empty if an optional hole finds nothing; a null is an empty text. */
    public Optional<String> text(TextTemplate template) {
        if (template.parts().size() == 1 && template.parts().getFirst() instanceof Part.Literal literal) {
            return Optional.of(literal.text());
        }
        StringBuilder text = new StringBuilder();
        for (Part part : template.parts()) {
            switch (part) {
                case Part.Literal literal -> text.append(literal.text());
                case Part.Filled filled -> {
                    Datum datum = datum(filled.hole());
                    if (datum instanceof Datum.Absent) {
                        return Optional.empty();
                    }
                    text.append(textOf(datum, filled.hole().ref()));
                }
            }
        }
        return Optional.of(text.toString());
    }

    /** The JSON, or empty if all of it is one optional hole that finds nothing. */
    public Optional<JsonNode> tree(TreeTemplate template) {
        return Trees.tree(this, template);
    }

    /** The same as bytes; an empty object if nothing is there. */
    public byte[] json(TreeTemplate template) {
        ByteArrayBuilder bytes = new ByteArrayBuilder();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            if (!new Trees(this, new Sink.Bytes(out)).fill(template)) {
                out.writeTree(JsonNodeFactory.instance.objectNode());
            }
            out.flush();
            return bytes.getClearAndRelease();
        } catch (IOException impossible) {
            throw new UncheckedIOException("every tree can be written into memory", impossible);
        }
    }

    /** The address below the base address, encoded. */
    public String path(PathTemplate template) {
        StringBuilder path = new StringBuilder();
        template.starts().stream()
                .filter(start -> holds(start.when()))
                .findFirst()
                .ifPresent(start -> append(path, start.segments()));
        append(path, template.segments());
        return path.isEmpty() ? "/" : path.toString();
    }

    private void append(StringBuilder path, List<TextTemplate> segments) {
        for (TextTemplate segment : segments) {
            path.append('/').append(segment.isLiteral() ? segment.source() : segment(segment));
        }
    }

    private boolean holds(When when) {
        Map<String, String> given = new HashMap<>();
        when.settings().keySet().forEach(name -> {
            if (scope.get(new Ref(Root.SETTINGS, name, true)) instanceof Datum.One setting) {
                given.put(name, setting.value().text());
            }
        });
        return when.holds(given);
    }

    private String segment(TextTemplate template) {
        StringBuilder plain = new StringBuilder();
        StringBuilder encoded = new StringBuilder();
        for (Part part : template.parts()) {
            switch (part) {
                case Part.Literal literal -> {
                    plain.append(literal.text());
                    encoded.append(literal.text());
                }
                case Part.Filled filled -> {
                    Datum datum = datum(filled.hole());
                    String text = datum instanceof Datum.Absent
                            ? ""
                            : textOf(datum, filled.hole().ref());
                    Segments.unfit(text)
                            .ifPresent(reason -> faults.add(scope, filled.hole().ref(), reason));
                    plain.append(text);
                    encoded.append(Segments.encoded(text));
                }
            }
        }
        Segments.unfit(plain.toString()).ifPresent(reason -> faults.add(scope, reason));
        return encoded.toString();
    }

    /** The query with its question mark, encoded; empty where nothing is in it. */
    public String query(Map<String, TextTemplate> parameters) {
        return query(parameters, Map.of());
    }

    /** The same, with parameters that come once for each row. */
    public String query(Map<String, TextTemplate> parameters, Map<String, TextTemplate> repeated) {
        List<String> pairs = new ArrayList<>(List.of(pairs(texts(parameters))));
        if (!repeated.isEmpty()) {
            scope.each(TreeTemplate.Of.ROWS).forEach(row -> pairs.add(pairs(in(row).texts(repeated))));
        }
        pairs.removeIf(String::isEmpty);
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }

    /** A form's body. */
    public String form(Map<String, TreeTemplate> fields) {
        Map<String, String> texts = new LinkedHashMap<>();
        fields.forEach((name, template) -> tree(template)
                .ifPresent(node -> texts.put(name, node.isValueNode() ? node.asText("") : node.toString())));
        return pairs(texts);
    }

    /** Headers by name. A text that a header cannot hold is a fault. */
    public Map<String, String> headers(Map<String, TextTemplate> templates) {
        Map<String, String> headers = texts(templates);
        headers.forEach((name, value) -> {
            if (value.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
                faults.add(scope, "header " + name + ": only visible ASCII characters may be in it");
            }
        });
        return headers;
    }

    private Map<String, String> texts(Map<String, TextTemplate> templates) {
        Map<String, String> texts = new LinkedHashMap<>();
        templates.forEach((name, template) -> text(template).ifPresent(text -> texts.put(name, text)));
        return texts;
    }

    private static String pairs(Map<String, String> texts) {
        return texts.entrySet().stream()
                .map(pair -> Segments.encoded(pair.getKey()) + "=" + Segments.encoded(pair.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** What a hole comes to; {@link Datum.Absent} only where that is allowed or was noted. */
    Datum datum(Hole hole) {
        if (hole.ref().root() == Root.LOGIN) {
            faults.nameLogin();
        }
        if (hole.ref().isKeys()) {
            return keys();
        }
        Datum datum = scope.get(hole.ref());
        for (Call call : hole.calls()) {
            switch (Calls.apply(call, datum)) {
                case Result.Made made -> datum = made.datum();
                case Result.Unfit unfit -> {
                    faults.add(scope, hole.ref(), unfit.reason());
                    return new Datum.Absent();
                }
            }
        }
        if (datum instanceof Datum.Absent && !hole.ref().optional()) {
            faults.add(scope, hole.ref(), "there is none");
        }
        return datum;
    }

    /** The keys of all rows, parted by commas; a row whose key has one, or is blank, is at fault. */
    private Datum keys() {
        List<Optional<String>> keys = scope.each(TreeTemplate.Of.ROWS).stream()
                .map(row -> in(row).text(LISTED_KEY))
                .toList();
        return keys.stream().allMatch(Optional::isPresent)
                ? Datum.One.text(keys.stream().flatMap(Optional::stream).collect(Collectors.joining(",")))
                : new Datum.Absent();
    }

    private String textOf(Datum datum, Ref ref) {
        String text = switch (datum) {
            case Datum.One one -> one.value().text();
            case Datum.Names names -> String.join(",", names.names());
            case Datum.Fields fields -> unfit(ref);
            case Datum.Tree tree -> unfit(ref);
            case Datum.Absent absent -> "";
        };
        if (!WholeText.is(text)) {
            faults.add(scope, ref, "half a character");
        }
        return text;
    }

    private String unfit(Ref ref) {
        faults.add(scope, ref, "fields, where a text is wanted");
        return "";
    }

    void fault(Ref ref, String reason) {
        faults.add(scope, ref, reason);
    }

    void fault(String reason) {
        faults.add(scope, reason);
    }
}
