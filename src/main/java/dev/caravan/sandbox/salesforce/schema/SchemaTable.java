package dev.caravan.sandbox.salesforce.schema;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.caravan.sandbox.salesforce.schema.Field.Choice;
import dev.caravan.sandbox.salesforce.schema.Field.Size;
import dev.caravan.sandbox.salesforce.schema.Field.Trait;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object's table of standard fields from {@code <Object>.csv} beside this package's resources.
 *
 * <p>Columns: {@code name}; {@code label}; {@code type}; {@code size} ({@code 80} is a length, {@code 18.2} precision and
 * scale, for int fields digits); {@code may}: letters c create, u update, n nullable, d defaulted, k key of an upsert,
 * r restricted picklist, N the name field; {@code of}: the objects a reference points to; {@code via}: its relationship
 * name; {@code part}: the compound field it belongs to; {@code start}: the initial value, with a leading {@code =} when the
 * describe shows it; {@code values}: picklist values, with {@code =label} where people see another text.
 */
final class SchemaTable {

    private static final String FOLDER = "/dev/caravan/sandbox/salesforce/";

    private SchemaTable() {}

    static List<Field> read(String object) {
        String resource = FOLDER + object + ".csv";
        try (InputStream in = Objects.requireNonNull(SchemaTable.class.getResourceAsStream(resource), resource);
                Reader text = new InputStreamReader(in, StandardCharsets.UTF_8);
                CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(text)) {
            List<Field> fields = new ArrayList<>();
            for (NamedCsvRecord row : rows) {
                fields.add(field(fields.size(), row));
            }
            return fields;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Field field(int slot, NamedCsvRecord row) {
        FieldType type = FieldType.valueOf(row.getField("type").toUpperCase(Locale.ROOT));
        String start = row.getField("start");
        Set<Trait> traits = traits(row.getField("may"));
        if (start.startsWith("=")) {
            traits.add(Trait.SHOWN_DEFAULT);
        }
        return new Field(
                slot,
                row.getField("name"),
                row.getField("label"),
                type,
                size(type, row.getField("size")),
                traits,
                choices(row.getField("values")),
                list(row.getField("of")),
                orNull(row.getField("via")),
                orNull(row.getField("part")),
                orNull(start.startsWith("=") ? start.substring(1) : start));
    }

    private static Size size(FieldType type, String text) {
        return switch (type.shape()) {
            case TEXT ->
                new Size(type == FieldType.ID || type == FieldType.REFERENCE ? 18 : Integer.parseInt(text), 0, 0, 0);
            case NUMBER -> type == FieldType.INT ? new Size(0, 0, 0, Integer.parseInt(text)) : decimal(text);
            case BOOLEAN, DATE, DATETIME, TIME, COMPOUND -> Size.NONE;
        };
    }

    private static Size decimal(String text) {
        int point = text.indexOf('.');
        return new Size(0, Integer.parseInt(text.substring(0, point)), Integer.parseInt(text.substring(point + 1)), 0);
    }

    private static Set<Trait> traits(String letters) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        for (int i = 0; i < letters.length(); i++) {
            traits.add(
                    switch (letters.charAt(i)) {
                        case 'c' -> Trait.CREATE;
                        case 'u' -> Trait.UPDATE;
                        case 'n' -> Trait.NULLABLE;
                        case 'd' -> Trait.DEFAULTED;
                        case 'k' -> Trait.LOOKUP;
                        case 'r' -> Trait.RESTRICTED;
                        case 'N' -> Trait.NAME;
                        default -> throw new IllegalArgumentException("Unknown trait in " + letters);
                    });
        }
        return traits;
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(";", -1));
    }

    private static List<Choice> choices(String text) {
        List<Choice> choices = new ArrayList<>();
        for (String choice : list(text)) {
            int equals = choice.indexOf('=');
            choices.add(
                    equals < 0
                            ? new Choice(choice, choice)
                            : new Choice(choice.substring(0, equals), choice.substring(equals + 1)));
        }
        return choices;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
