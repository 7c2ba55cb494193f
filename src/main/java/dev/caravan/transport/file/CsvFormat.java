package dev.caravan.transport.file;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import dev.caravan.transport.StoreAnswer.Column;
import dev.caravan.transport.StoreAnswer.Refusal;
import dev.caravan.transport.StoreAnswer.Refused;
import dev.caravan.transport.StoreRequest.Change;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * CSV by RFC 4180 in UTF-8 with {@code \n} and a header. An empty cell is null; the empty text stands in quotes. Rows keep their order,
 * new ones follow.
 */
record CsvFormat() implements FileFormat {

    @Override
    public List<Column> columns(Path file) throws IOException {
        try (CsvReader<Cells> rows = reader(file)) {
            Iterator<Cells> each = rows.iterator();
            return each.hasNext()
                    ? each.next().texts().stream()
                            .map(name -> new Column(name, ValueType.TEXT))
                            .toList()
                    : List.of();
        }
    }

    @Override
    public Merged merge(Optional<Path> present, Path next, Change change) throws IOException {
        if (present.isEmpty()) {
            return merge(List.<Cells>of().iterator(), next, change);
        }
        try (CsvReader<Cells> rows = reader(present.get())) {
            return merge(rows.iterator(), next, change);
        }
    }

    private static Merged merge(Iterator<Cells> present, Path next, Change change) throws IOException {
        List<String> header = present.hasNext() ? present.next().texts() : List.of();
        Merging merging = new Merging(change);
        Optional<String> wrong = new HashSet<>(header).size() < header.size()
                ? Optional.of("two of its columns have the same name")
                : merging.missing(header);
        if (wrong.isPresent()) {
            return new Merged.Not(new Refused(Refusal.COLUMN, wrong.get()));
        }
        List<String> columns = merging.columns(header);
        try (CsvWriter out = writer(next)) {
            out.writeRecord(columns);
            long rows = kept(present, header, columns, merging, out);
            for (Map<String, Value> row : merging.following()) {
                out.writeRecord(columns.stream()
                        .map(column -> cell(row.getOrDefault(column, Value.ofNull())))
                        .toList());
                rows++;
            }
            return new Merged.Written(merging.effects(), rows, columns);
        }
    }

    private static long kept(
            Iterator<Cells> present, List<String> header, List<String> columns, Merging merging, CsvWriter out) {
        List<Integer> known = merging.knownBy().stream().map(header::indexOf).toList();
        long rows = 0;
        while (present.hasNext()) {
            List<@Nullable String> cells = new ArrayList<>(present.next().cells());
            while (cells.size() < columns.size()) {
                cells.add(null);
            }
            List<@Nullable String> key = new ArrayList<>();
            known.forEach(column -> key.add(column < 0 ? null : cells.get(column)));
            Merging.Fate fate = merging.of(key);
            if (fate instanceof Merging.Fate.Drop) {
                continue;
            }
            if (fate instanceof Merging.Fate.Overlay overlay) {
                overlay.fields().forEach((column, value) -> cells.set(columns.indexOf(column), cell(value)));
            }
            out.writeRecord(cells);
            rows++;
        }
        return rows;
    }

    private static @Nullable String cell(Value value) {
        return value.isNull() ? null : value.text();
    }

    private static CsvReader<Cells> reader(Path file) throws IOException {
        // A reader of our own, since it reports what is not UTF-8 instead of replacing it.
        Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        return CsvReader.builder().detectBomHeader(false).build(new Cells.Handler(), text);
    }

    private static CsvWriter writer(Path file) throws IOException {
        Writer text = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        return CsvWriter.builder()
                .quoteStrategy(QuoteStrategies.EMPTY)
                .lineDelimiter(LineDelimiter.LF)
                .build(text);
    }
}
