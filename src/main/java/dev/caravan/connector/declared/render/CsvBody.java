package dev.caravan.connector.declared.render;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.caravan.connector.declared.spec.BodySpec;
import dev.caravan.connector.declared.template.BatchScope;
import dev.caravan.connector.declared.template.Faults;
import dev.caravan.connector.declared.template.Fill;
import dev.caravan.connector.declared.template.RowData;
import dev.caravan.row.Value;
import dev.caravan.transport.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Rows as comma-separated values under a header. A row that lacks a column leaves its cell empty. */
final class CsvBody {

    private CsvBody() {}

    static Body of(BodySpec.Csv spec, BatchScope scope, Faults faults) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CsvWriter csv = CsvWriter.builder()
                .fieldSeparator(spec.delimiter())
                .lineDelimiter(spec.crlf() ? LineDelimiter.CRLF : LineDelimiter.LF)
                .build(bytes, StandardCharsets.UTF_8)) {
            csv.writeRecord(header(spec, scope, faults));
            for (RowData row : scope.rows()) {
                csv.writeRecord(cells(spec, scope, row, faults));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("a byte array takes all bytes", impossible);
        }
        return Body.of(bytes.toByteArray());
    }

    private static List<String> header(BodySpec.Csv spec, BatchScope scope, Faults faults) {
        List<String> header = new ArrayList<>();
        Fill fill = new Fill(scope, faults);
        spec.columns().forEach(column -> header.add(fill.text(column.name()).orElse("")));
        if (spec.fields()) {
            header.addAll(scope.fields());
        }
        return header;
    }

    private static List<String> cells(BodySpec.Csv spec, BatchScope scope, RowData row, Faults faults) {
        List<String> cells = new ArrayList<>();
        Fill fill = new Fill(scope.scope(row), faults);
        spec.columns().forEach(column -> cells.add(fill.text(column.value()).orElse("")));
        if (spec.fields()) {
            for (String field : scope.fields()) {
                Value value = row.fields().get(field);
                cells.add(value == null ? "" : value.text());
            }
        }
        return cells;
    }
}
