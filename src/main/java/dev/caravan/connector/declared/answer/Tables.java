package dev.caravan.connector.declared.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers that are lists of lines. One is read as a whole or not at all: the last line of a cut one could bear another row's key. */
public final class Tables {

    private Tables() {}

    /** Comma-separated values under a header, as a list of objects by its names. Nothing at all is an empty list. */
    public static Answered csv(HttpAnswer answer, Map<String, String> variables) {
        return answered(answer, records(answer.body()), variables);
    }

    /** A JSON value a line, as a list. */
    public static Answered lines(HttpAnswer answer, Map<String, String> variables) {
        return answered(answer, values(answer.body()), variables);
    }

    private static Answered answered(HttpAnswer answer, Optional<ArrayNode> read, Map<String, String> variables) {
        JsonNode body = read.<JsonNode>map(list -> list).orElse(MissingNode.getInstance());
        return Answered.of(answer, body, read.isPresent(), variables);
    }

    private static Optional<ArrayNode> values(Body body) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (String line : body.text().split("\n", -1)) {
            if (line.isBlank()) {
                continue;
            }
            Optional<JsonNode> value = Answered.json(Body.of(line));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            list.add(value.get());
        }
        return Optional.of(list);
    }

    private static Optional<ArrayNode> records(Body body) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        if (body.length() == 0) {
            return Optional.of(list);
        }
        byte last = body.bytes()[body.length() - 1];
        if (last != '\n' && last != '"') {
            return Optional.empty();
        }
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .allowExtraCharsAfterClosingQuote(false)
                .ofCsvRecord(body.stream(), StandardCharsets.UTF_8)) {
            List<String> header = List.of();
            for (CsvRecord record : csv) {
                if (header.isEmpty()) {
                    header = record.getFields();
                    continue;
                }
                if (record.getFieldCount() != header.size() || new HashSet<>(header).size() != header.size()) {
                    return Optional.empty();
                }
                list.add(object(header, record));
            }
            return Optional.of(list);
        } catch (CsvParseException malformed) {
            return Optional.empty();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a byte array can be read to its end", impossible);
        }
    }

    private static ObjectNode object(List<String> header, CsvRecord record) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < header.size(); i++) {
            object.put(header.get(i), record.getField(i));
        }
        return object;
    }
}
