package dev.caravan.engine.duckdb.read;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.caravan.engine.duckdb.db.Sql;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A CSV file as a relation. The header alone is read here; every option is said, so DuckDB has nothing to guess: comma,
 * double quotes, UTF-8, one header line, all cells text, an empty cell null, any malformed line an error.
 */
final class CsvFile {

    private CsvFile() {}

    /** SQL for the file's rows. */
    static String relation(Path file, String name, Place place) {
        String columns = header(file, name, place).stream()
                .map(column -> Sql.text(column) + ": 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        return "read_csv(" + Sql.text(PathText.literal(file)) + ", auto_detect = false, header = true, delim = ',',"
                + " quote = '\"', escape = '\"', nullstr = '', strict_mode = true, encoding = 'utf-8', columns = "
                + columns + ")";
    }

    private static List<String> header(Path file, String name, Place place) {
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().detectBomHeader(true).ofCsvRecord(file)) {
            Iterator<CsvRecord> records = reader.iterator();
            if (!records.hasNext()) {
                throw unreadable(name, place, "has no header line");
            }
            return checked(records.next().getFields(), name, place);
        } catch (IOException | UncheckedIOException | CsvParseException failure) {
            throw unreadable(name, place, "has no readable header line");
        }
    }

    private static List<String> checked(List<String> header, String name, Place place) {
        Set<String> seen = new HashSet<>();
        for (String column : header) {
            if (column.isEmpty()) {
                throw unreadable(name, place, "has a column without a name");
            }
            if (!seen.add(column.toLowerCase(Locale.ROOT))) {
                throw unreadable(name, place, "has two columns named " + column);
            }
        }
        return header;
    }

    private static EnvironmentFailure unreadable(String name, Place place, String what) {
        return new EnvironmentFailure(
                Problem.at(Code.MODEL_UNREADABLE, place, name + " " + what, "nothing was staged; correct the file"));
    }
}
