package dev.caravan.transport.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import dev.caravan.row.WholeText;
import dev.caravan.transport.StoreAnswer.Column;
import dev.caravan.transport.StoreRequest.Change;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line, in UTF-8. Lines that no entry is about stay as they are, character by character; numbers are written with all
 * their digits.
 */
record JsonLinesFormat() implements FileFormat {

    /** None of the reader's own: a line that was written is read again, however long its numbers, names and texts are. */
    private static final StreamReadConstraints NO_LIMITS = StreamReadConstraints.builder()
            .maxNumberLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .build();

    /** Of two that make a whole character a pattern sees the one character. */
    private static final Pattern HALF = Pattern.compile("[\\ud800-\\udfff]");

    /** Digits of a number that can be a key: more than any double has, written out. */
    private static final int LONGEST_NUMBER = 400;

    private static final JsonMapper JSON = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(NO_LIMITS).build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @Override
    public List<Column> columns(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String line = following(lines);
            List<Column> columns = new ArrayList<>();
            if (line != null) {
                object(line).fieldNames().forEachRemaining(name -> columns.add(new Column(name, ValueType.TEXT)));
            }
            return columns;
        }
    }

    @Override
    public Merged merge(Optional<Path> present, Path next, Change change) throws IOException {
        try (BufferedReader lines = present.isPresent()
                        ? Files.newBufferedReader(present.get(), StandardCharsets.UTF_8)
                        : new BufferedReader(Reader.nullReader());
                Writer out = Files.newBufferedWriter(next, StandardCharsets.UTF_8)) {
            Merging merging = new Merging(change);
            long rows = kept(lines, merging, out);
            for (Map<String, Value> row : merging.following()) {
                ObjectNode added = JSON.createObjectNode();
                row.forEach((column, value) -> added.set(column, node(value)));
                write(out, added.toString());
                rows++;
            }
            return new Merged.Written(merging.effects(), rows, merging.columns(List.of()));
        }
    }

    private static long kept(BufferedReader lines, Merging merging, Writer out) throws IOException {
        long rows = 0;
        Set<String> trees = merging.trees();
        for (String line = following(lines); line != null; line = following(lines)) {
            Merging.Fate fate = merging.of(texts(line, merging.knownBy(), trees));
            if (fate instanceof Merging.Fate.Drop) {
                continue;
            }
            write(out, fate instanceof Merging.Fate.Overlay overlay ? overlaid(line, overlay.fields()) : line);
            rows++;
        }
        return rows;
    }

    private static void write(Writer out, String line) throws IOException {
        out.write(line);
        out.write('\n');
    }

    private static @Nullable String following(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null && line.isBlank()) {
            line = lines.readLine();
        }
        return line;
    }

    /** The texts of these members of a line, without making a tree of it; null of one that it has not. */
    private static List<@Nullable String> texts(String line, List<String> members, Set<String> trees)
            throws IOException {
        List<@Nullable String> found = new ArrayList<@Nullable String>(Collections.nCopies(members.size(), null));
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(json, "a line is no object");
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                int place = members.indexOf(name);
                if (place >= 0 && value != JsonToken.VALUE_NULL) {
                    found.set(place, text(json, value, trees.contains(name)));
                }
                json.skipChildren();
            }
        }
        return found;
    }

    /**
     * The canonical text of the value that is read, however it is written; of what is large beyond all use, as it stands.
     *
     * @param tree whether the key's value is JSON, whose text has quotes of its own
     */
    private static String text(JsonParser json, JsonToken value, boolean tree) throws IOException {
        boolean whole = tree || value.isStructStart();
        String text = whole ? JSON.<JsonNode>readTree(json).toString() : json.getText();
        try {
            return whole
                    ? new Value.Json(text).text()
                    : value.isNumeric() && text.length() <= LONGEST_NUMBER ? number(text) : text;
        } catch (IllegalArgumentException beyond) {
            return text;
        }
    }

    private static String number(String text) {
        BigDecimal number = new BigDecimal(text);
        // The plain form of 1e999999999 would fill the heap.
        return Math.abs((long) number.scale()) > LONGEST_NUMBER ? text : new Value.Decimal(number).text();
    }

    private static ObjectNode object(String line) throws IOException {
        JsonNode node = JSON.readTree(line);
        if (node instanceof ObjectNode object) {
            return object;
        }
        try (JsonParser json = JSON.createParser(line)) {
            throw new JsonParseException(json, "a line is no object");
        }
    }

    private static String overlaid(String line, Map<String, Value> fields) throws IOException {
        ObjectNode row = object(line);
        fields.forEach((column, value) -> row.set(column, node(value)));
        return whole(row.toString());
    }

    /** Half characters, which only texts within hold and UTF-8 cannot carry, as the escapes that they were read from. */
    private static String whole(String line) {
        return WholeText.is(line)
                ? line
                : HALF.matcher(line)
                        .replaceAll(half -> "\\\\u"
                                + HexFormat.of().toHexDigits(half.group().charAt(0)));
    }

    private static JsonNode node(Value value) {
        return switch (value) {
            case Value.Null none -> JSON.getNodeFactory().nullNode();
            case Value.Bool bool -> JSON.getNodeFactory().booleanNode(bool.value());
            case Value.Int number -> JSON.getNodeFactory().numberNode(number.value());
            case Value.Decimal number -> JSON.getNodeFactory().numberNode(number.value());
            case Value.Real number when number.finite() -> JSON.getNodeFactory().numberNode(number.value());
            case Value.Json json -> JSON.getNodeFactory().rawValueNode(new RawValue(json.value()));
            case Value other -> JSON.getNodeFactory().textNode(other.text());
        };
    }
}
