package dev.caravan.engine.duckdb.read;

import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.db.Failures;
import dev.caravan.engine.duckdb.db.Sql;
import dev.caravan.model.FileFormat;
import dev.caravan.model.Model;
import dev.caravan.model.Reading;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Opens the connection of a model for one read. Safe for many threads. */
public final class Sources {

    private final Map<String, SourceConnection> connections;
    private final Attachments attachments;

    /** The connections by name; their paths absolute and without symbolic links. */
    public Sources(Map<String, SourceConnection> connections, Attachments attachments) {
        this.connections = connections;
        this.attachments = attachments;
    }

    /** The model as a relation that this connection can query, until it is closed. */
    OpenModel open(Db db, Model model) {
        SourceConnection connection = connections.get(model.connection());
        if (connection == null) {
            throw new InvalidInput(Problem.at(
                    Code.CONNECTION_UNKNOWN,
                    model.place(),
                    "there is no DuckDB or files connection " + model.connection(),
                    "name one that stands under connections: in caravan.yaml; a new one needs a restart"));
        }
        return switch (connection) {
            case SourceConnection.DuckDbFile database ->
                switch (model.reading()) {
                    case Reading.Sql sql -> openDatabase(db, model, database.file(), sql);
                    case Reading.Table table -> openDatabase(db, model, database.file(), table);
                    case Reading.File file -> throw wrongKind(model, "a database, not a folder of files");
                };
            case SourceConnection.FilesFolder folder ->
                switch (model.reading()) {
                    case Reading.File file -> openFile(db, model, folder.folder(), file);
                    case Reading.Sql sql -> throw wrongKind(model, "a folder of files, which knows no SQL");
                    case Reading.Table table -> throw wrongKind(model, "a folder of files, which has no tables");
                };
        };
    }

    private static InvalidInput wrongKind(Model model, String what) {
        return new InvalidInput(Problem.at(
                Code.CONNECTION_WRONG_KIND,
                model.place(),
                "connection " + model.connection() + " is " + what,
                "read files with file:, tables with table: or sql:"));
    }

    private OpenModel openDatabase(Db db, Model model, Path file, Reading reading) {
        Function<SQLException, CaravanException> failure =
                e -> Failures.reading(e, model.readingPlace(), model.connection());
        boolean opened = false;
        try {
            attachments.enter(model.connection(), file);
            db.run("USE " + Sql.name(model.connection()));
            String relation = relation(db, model, reading);
            OpenModel open = new OpenModel(relation, columns(db, relation), failure, () -> leave(db, file));
            opened = true;
            return open;
        } catch (SQLException e) {
            throw failure.apply(e);
        } finally {
            if (!opened) {
                leave(db, file);
            }
        }
    }

    private void leave(Db db, Path file) {
        try {
            db.run("USE memory");
        } catch (SQLException failure) {
            Failures.ignored("leaving a connection", failure);
        }
        attachments.leave(file);
    }

    private static String relation(Db db, Model model, Reading reading) throws SQLException {
        String sql = switch (reading) {
            case Reading.Sql query -> unterminated(query.text());
            case Reading.Table table ->
                "SELECT * FROM "
                        + Arrays.stream(table.name().split("\\.", -1))
                                .map(Sql::name)
                                .collect(Collectors.joining("."));
            case Reading.File file -> throw wrongKind(model, "a database, not a folder of files");
        };
        SelectGuard guard = new SelectGuard(Code.MODEL_SQL, model.readingPlace());
        TableNames.of(db, model.connection()).require(guard.tables(db, sql), table -> place(model, reading, table));
        return "(" + sql + "\n)";
    }

    /** A table's name stands where the SQL has it, which the blanks before the SQL move; of a table alone the file names nothing else. */
    private static Place place(Model model, Reading reading, SelectGuard.Table table) {
        return switch (reading) {
            case Reading.Sql query -> {
                int blanks = query.text().length() - query.text().stripLeading().length();
                byte[] bytes = query.text().substring(blanks).getBytes(StandardCharsets.UTF_8);
                String before = new String(bytes, 0, Math.min(table.at(), bytes.length), StandardCharsets.UTF_8);
                yield model.placeAfter(query.text().substring(0, blanks) + before);
            }
            case Reading.Table all -> model.readingPlace();
            case Reading.File file -> model.readingPlace();
        };
    }

    private static String unterminated(String sql) {
        String text = sql.strip();
        return text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
    }

    private static List<RawColumn> columns(Db db, String relation) throws SQLException {
        return db.list(
                "DESCRIBE SELECT * FROM " + relation + " AS src",
                row -> new RawColumn(row.getString(1), row.getString(2)));
    }

    private static OpenModel openFile(Db db, Model model, Path folder, Reading.File reading) {
        Path file = inside(folder, model, reading.path());
        Function<SQLException, CaravanException> failure = e -> Failures.readingFile(e, model.place(), reading.path());
        try {
            String relation = relation(db, model, reading, file);
            return new OpenModel(relation, columns(db, relation), failure, () -> {});
        } catch (SQLException e) {
            throw failure.apply(e);
        }
    }

    private static String relation(Db db, Model model, Reading.File reading, Path file) throws SQLException {
        FileFormat format = reading.format();
        return switch (format) {
            case CSV -> CsvFile.relation(file, reading.path(), model.place());
            case PARQUET -> "read_parquet(" + Sql.text(PathText.literal(file)) + ")";
            case JSON -> JsonFile.relation(db, file);
        };
    }

    private static Path inside(Path folder, Model model, String path) {
        try {
            Path file = folder.resolve(path).toRealPath();
            if (file.startsWith(folder)) {
                return file;
            }
        } catch (IOException | InvalidPathException absent) {
            throw new EnvironmentFailure(Problem.at(
                    Code.MODEL_UNREADABLE,
                    model.place(),
                    "connection " + model.connection() + " has no readable file " + path,
                    "see its name and whether it was delivered"));
        }
        throw new InvalidInput(Problem.at(
                Code.MODEL_UNREADABLE,
                model.place(),
                path + " lies outside the folder of connection " + model.connection(),
                "name a file inside the folder, or declare a connection to the other one"));
    }
}
