package dev.caravan.connector.salesforce.bulk;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.caravan.connector.salesforce.wire.Item;
import dev.caravan.connector.salesforce.wire.Reading;
import dev.caravan.connector.salesforce.wire.WireValue;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetReference;
import dev.caravan.row.Value;
import dev.caravan.transport.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The upload of a job. A job has one set of columns, its rows need not: an empty cell leaves its field alone, so it stands for
 * a field that a row does not send; {@code #N/A} clears.
 *
 * @param batch what the rows belong to
 * @param joinColumn the column by which results are told apart: the key field, or {@code Id} where rows go by id
 * @param fields the other columns
 */
record JobCsv(Batch batch, String joinColumn, List<String> fields) {

    /** What clears a field. */
    static final String NULL = "#N/A";

    private static final int LONGEST_CELL = 32_000;

    /** An id, quotes and the end of the line. */
    private static final int ROW_BYTES = 24;

    /** Quotes, or the milliseconds that an instant is given. */
    private static final int CELL_BYTES = 5;

    /** The columns that any row of the batch needs. */
    static JobCsv of(Batch batch) {
        boolean byId = batch.action() == Action.UPDATE || batch.action() == Action.DELETE;
        String joinColumn = byId ? "Id" : batch.keyField();
        Set<String> fields = new LinkedHashSet<>();
        if (batch.action() != Action.DELETE) {
            batch.writes().forEach(write -> fields.addAll(write.fields().keySet()));
        }
        fields.remove(joinColumn);
        if (!byId) {
            fields.remove(batch.keyField());
        }
        return new JobCsv(batch, joinColumn, columns(batch, fields));
    }

    /** A field that leads to another record by its key has a second column where a row clears it: that of the reference itself. */
    private static List<String> columns(Batch batch, Set<String> fields) {
        Set<String> columns = new LinkedHashSet<>();
        for (String field : fields) {
            Optional<TargetReference> reference = batch.schema().reference(field);
            boolean named = reference.isPresent() && reference.get() instanceof TargetReference.ByName;
            if (!named) {
                columns.add(field);
            }
            boolean cleared = batch.action() != Action.INSERT
                    && batch.writes().stream()
                            .map(write -> write.fields().get(field))
                            .anyMatch(value -> value != null && Reading.absent(value));
            reference.filter(any -> named || cleared).ifPresent(to -> columns.add(to.field()));
        }
        return List.copyOf(columns);
    }

    /** What a row is known by in the results: exactly what its cell says. */
    String joinText(Item item) {
        String id = item.id();
        return joinColumn.equals("Id") && id != null
                ? id
                : WireValue.text(
                        WireValue.kind(batch.schema(), joinColumn), item.write().targetKey());
    }

    /** Why a row cannot travel in a job; empty if it can. */
    Optional<String> unsendable(String field, Value value) {
        String text = WireValue.text(WireValue.kind(batch.schema(), field), value);
        if (text.equals(NULL)) {
            return Optional.of("in a job this text means null");
        }
        return text.length() > LONGEST_CELL
                ? Optional.of("in a job a field holds 32,000 characters")
                : Optional.empty();
    }

    /** The rows as UTF-8, separated by commas and line feeds, with a header of field names. */
    Body render(List<Item> items) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(bytes, StandardCharsets.UTF_8)) {
            List<String> header = new ArrayList<>(List.of(joinColumn));
            header.addAll(fields);
            csv.writeRecord(header);
            for (Item item : items) {
                csv.writeRecord(cells(item));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("a byte array takes all bytes", impossible);
        }
        return Body.of(bytes.toByteArray());
    }

    /** About the bytes that a row takes, rather more than less. */
    int size(Write write) {
        int size = ROW_BYTES + bytes(write.targetKey().text()) + fields.size();
        for (Value value : write.fields().values()) {
            size += CELL_BYTES + bytes(value.text());
        }
        return size;
    }

    /** In UTF-8 with quotes doubled; half a surrogate pair counts for two of its four bytes. */
    private static int bytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean one = c < 0x80 && c != '"';
            boolean two = c < 0x800 || Character.isSurrogate(c);
            bytes += one ? 1 : two ? 2 : 3;
        }
        return bytes;
    }

    private List<String> cells(Item item) {
        List<String> cells = new ArrayList<>(fields.size() + 1);
        cells.add(joinText(item));
        for (String field : fields) {
            cells.add(cell(field, item.write()));
        }
        return cells;
    }

    private String cell(String column, Write write) {
        Value value = write.fields().get(column);
        return value == null ? reference(column, write) : cell(column, value);
    }

    private String cell(String column, Value value) {
        Optional<TargetReference> leads = batch.schema().reference(column);
        if (Reading.absent(value)) {
            return leads.isPresent() ? "" : NULL;
        }
        return WireValue.text(WireValue.kind(batch.schema(), column), value);
    }

    /** Of a column that no field has as its own name: what the field says that leads there. */
    private String reference(String column, Write write) {
        for (TargetReference reference : batch.schema().references()) {
            Value value = write.fields().get(reference.name());
            if (value == null || !reference.field().equals(column)) {
                continue;
            }
            if (Reading.absent(value)) {
                return NULL;
            }
            return reference instanceof TargetReference.ByName named
                    ? named.id(value.text()).orElseThrow()
                    : "";
        }
        return "";
    }
}
