package dev.caravan.connector.salesforce.bulk;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.caravan.transport.Body;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Reads a result file: columns by name, rows in whatever order. A file is read as a whole or not at all, since the last row of a
 * cut file could bear another row's key.
 */
final class ResultCsv {

    private ResultCsv() {}

    /** The rows; empty if this is no such file. A file without rows may also come without a header. */
    static Optional<List<ResultRow>> read(Body body, String joinColumn) {
        if (body.length() == 0) {
            return Optional.of(List.of());
        }
        byte last = body.bytes()[body.length() - 1];
        if (last != '\n' && last != '"') {
            return Optional.empty();
        }
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .allowExtraCharsAfterClosingQuote(false)
                .ofCsvRecord(body.stream(), StandardCharsets.UTF_8)) {
            return rows(csv.iterator(), joinColumn);
        } catch (CsvParseException malformed) {
            return Optional.empty();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a byte array can be read to its end", impossible);
        }
    }

    private static Optional<List<ResultRow>> rows(Iterator<CsvRecord> csv, String joinColumn) {
        if (!csv.hasNext()) {
            return Optional.of(List.of());
        }
        List<String> header = csv.next().getFields();
        int id = column(header, "sf__Id");
        int join = column(header, joinColumn);
        // A job by id whose echo lost that column still names the record.
        int joinOrId = join < 0 && joinColumn.equals("Id") ? id : join;
        int created = column(header, "sf__Created");
        int error = column(header, "sf__Error");
        List<ResultRow> rows = new ArrayList<>();
        while (csv.hasNext()) {
            CsvRecord row = csv.next();
            if (row.getFieldCount() != header.size()) {
                return Optional.empty();
            }
            if (joinOrId >= 0) {
                boolean made = cell(row, created).equalsIgnoreCase("true");
                rows.add(new ResultRow(row.getField(joinOrId), cell(row, id), made, cell(row, error)));
            }
        }
        return Optional.of(rows);
    }

    private static String cell(CsvRecord row, int column) {
        return column < 0 ? "" : row.getField(column);
    }

    private static int column(List<String> header, String name) {
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
