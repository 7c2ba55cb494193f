package dev.caravan.connector.declared.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.connector.declared.spec.BodySpec;
import dev.caravan.connector.declared.template.BatchScope;
import dev.caravan.connector.declared.template.Faults;
import dev.caravan.connector.declared.template.Fill;
import dev.caravan.connector.declared.template.RowData;
import dev.caravan.transport.Body;
import java.io.UncheckedIOException;

/** What requests carry. */
final class Bodies {

    private static final ObjectWriter JSON = JsonMapper.builder().build().writer();

    private Bodies() {}

    /** The bytes of a body; of no use if a fault was found on the way. */
    static Body of(BodySpec spec, BatchScope scope, Faults faults) {
        Fill fill = new Fill(scope, faults);
        return switch (spec) {
            case BodySpec.None none -> Body.EMPTY;
            case BodySpec.Json json -> Body.of(fill.json(json.tree()));
            case BodySpec.JsonLines lines -> lines(lines, scope, faults);
            case BodySpec.Form form -> Body.of(fill.form(form.fields()));
            case BodySpec.Csv csv -> csv(csv, CsvBody.of(csv, scope, faults));
            case BodySpec.Text text -> Body.of(fill.text(text.text()).orElse(""));
        };
    }

    private static Body csv(BodySpec.Csv spec, Body csv) {
        return spec.part()
                .map(part -> OnePart.of(part, spec.contentType(), csv))
                .orElse(csv);
    }

    private static Body lines(BodySpec.JsonLines lines, BatchScope scope, Faults faults) {
        StringBuilder text = new StringBuilder();
        for (RowData row : scope.rows()) {
            new Fill(scope.scope(row), faults)
                    .tree(lines.item())
                    .ifPresent(node -> text.append(text(node)).append('\n'));
        }
        return Body.of(text.toString());
    }

    /** The media type of a body that was made; empty where there is none. */
    static String contentType(BodySpec spec, Body body) {
        return switch (spec) {
            case BodySpec.None none -> "";
            case BodySpec.Json json -> json.contentType();
            case BodySpec.JsonLines lines -> lines.contentType();
            case BodySpec.Form form -> "application/x-www-form-urlencoded";
            case BodySpec.Csv csv -> csv.part().isEmpty() ? csv.contentType() : OnePart.contentType(body);
            case BodySpec.Text text -> "text/plain; charset=utf-8";
        };
    }

    private static String text(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException("every tree can be written", impossible);
        }
    }
}
