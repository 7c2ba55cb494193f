package dev.caravan.sandbox.salesforce.bulk;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The CSV dialect of bulk jobs: UTF-8, quotes doubled, values not trimmed, a delimiter and line ending of the job's. */
final class Csv {

    private Csv() {}

    /** A table, or why the text is none. */
    sealed interface Parsed {
        record Table(List<String> header, List<List<String>> rows) implements Parsed {}

        record Broken(String message) implements Parsed {}
    }

    static Parsed parse(byte[] content, JobSpec spec) {
        String text = new String(content, StandardCharsets.UTF_8);
        int firstLine = text.indexOf('\n');
        boolean crlf = firstLine > 0 && text.charAt(firstLine - 1) == '\r';
        if (firstLine >= 0 && crlf != spec.crlf()) {
            return new Parsed.Broken(
                    "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is "
                            + (spec.crlf() ? "CRLF" : "LF"));
        }
        List<List<String>> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().fieldSeparator(spec.delimiter()).ofCsvRecord(text)) {
            for (CsvRecord row : reader) {
                rows.add(row.getFields());
            }
        } catch (CsvParseException e) {
            return new Parsed.Broken("ClientInputError : Failed to parse CSV header or rows");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table(rows);
    }

    private static Parsed table(List<List<String>> rows) {
        if (rows.isEmpty()) {
            return new Parsed.Broken("InvalidBatch : The CSV file is empty");
        }
        List<String> header = rows.getFirst();
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                return new Parsed.Broken("ClientInputError : The number of columns in a row differs from the header");
            }
            // A blank before a quote makes the quote part of the value, which the server takes for a mistake.
            if (row.stream().anyMatch(cell -> cell.stripLeading().startsWith("\"") && cell.startsWith(" "))) {
                return new Parsed.Broken("ClientInputError : A value has a space before its quote");
            }
        }
        return new Parsed.Table(header, rows.subList(1, rows.size()));
    }

    /** A file with every cell quoted. */
    static byte[] write(JobSpec spec, List<String> header, List<List<String>> rows) {
        StringWriter text = new StringWriter();
        try (CsvWriter writer = CsvWriter.builder()
                .fieldSeparator(spec.delimiter())
                .lineDelimiter(spec.crlf() ? LineDelimiter.CRLF : LineDelimiter.LF)
                .quoteStrategy(QuoteStrategies.ALWAYS)
                .build(text)) {
            writer.writeRecord(header);
            rows.forEach(writer::writeRecord);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
