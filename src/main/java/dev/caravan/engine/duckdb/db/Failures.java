package dev.caravan.engine.duckdb.db;

import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.problem.DiskFailure;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What DuckDB's errors mean. Their messages may quote cells of the model, so only what parser, binder and catalog say of
 * the SQL itself is passed on; of everything else the kind alone.
 */
public final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final Pattern KIND = Pattern.compile("(Parser|Binder|Catalog) Error: ([^\n]*)");
    private static final Pattern ANY_KIND = Pattern.compile("([A-Z][A-Za-z ]{1,40}?) Error:");
    private static final Pattern CSV = Pattern.compile("CSV Error on Line: (\\d+)");

    private static final String DISK_FULL = "no space left";

    /** DuckDB limits its temporary files to the room that the disk has, and calls that a lack of memory. */
    private static final String NO_ROOM_TO_OFFLOAD = "failed to offload data block";

    /** A file that is attached twice is as good as before. */
    private static final String HELD = "is already attached";

    private Failures() {}

    /** What a person can do about a failed query of a model. */
    public static CaravanException reading(SQLException failure, Place place, String connection) {
        String message = message(failure);
        Optional<String> inTheSql = sqlProblem(failure);
        if (inTheSql.isPresent()) {
            return new CaravanException.InvalidInput(
                    Problem.at(Code.MODEL_SQL, place, inTheSql.get(), "correct the model's SQL"));
        }
        return temporary(message)
                .orElseGet(() -> new CaravanException.EnvironmentFailure(Problem.at(
                        Code.MODEL_UNREADABLE, place, "connection " + connection + ": " + unreadable(message), "")));
    }

    /** A file that could not be read to its end. */
    public static CaravanException readingFile(SQLException failure, Place place, String file) {
        String message = message(failure);
        Matcher csv = CSV.matcher(message);
        String what = csv.find()
                ? "line " + csv.group(1) + " of " + file + " is malformed: " + csvReason(message)
                : file + ": " + unreadable(message);
        return temporary(message)
                .orElseGet(() -> new CaravanException.EnvironmentFailure(Problem.at(
                        Code.MODEL_UNREADABLE, place, what, "nothing was staged; correct or complete the file")));
    }

    /** Reading a model writes nowhere but where rows that do not fit the memory go. */
    private static Optional<CaravanException> temporary(String message) {
        String folder = "the engine's temporary folder";
        if (message.contains(NO_ROOM_TO_OFFLOAD)) {
            return Optional.of(DiskFailure.full(folder));
        }
        return DiskFailure.isTold(message) ? Optional.of(DiskFailure.of(folder, message, "")) : Optional.empty();
    }

    /** A failure of a snapshot's file or of the instance's own temporary storage. */
    public static CaravanException state(SQLException failure, String snapshot) {
        String message = message(failure);
        String lower = message.toLowerCase(Locale.ROOT);
        LOG.debug("snapshot {}: {}", snapshot, kind(message));
        if (message.contains(NO_ROOM_TO_OFFLOAD)) {
            return DiskFailure.full("the engine's temporary folder");
        }
        if (lower.contains("could not set lock")) {
            return new CaravanException.EnvironmentFailure(Problem.of(
                    Code.STATE_LOCKED, "snapshot " + snapshot + " is open in another process", "stop that process"));
        }
        if (damaged(lower) && !lower.contains(HELD) && !DiskFailure.isTold(message)) {
            return new CaravanException.RunFailure(Problem.of(
                    Code.SNAPSHOT_DAMAGED,
                    "snapshot " + snapshot + " cannot be read (" + kind(message) + ")",
                    "stop the worker and move its file away with its .wal: the next run makes it again from the ledger and"
                            + " sends nothing needless; or reset the mapping and approve a first sync"));
        }
        String otherwise = "see that the disk has room and the state folder can be written, then run again";
        return DiskFailure.isTold(message)
                ? DiskFailure.of("snapshot " + snapshot, message, otherwise)
                : new CaravanException.EnvironmentFailure(
                        Problem.of(Code.STATE_IO, "snapshot " + snapshot + ": " + unreadable(message), otherwise));
    }

    /** What parser, binder or catalog object to, or empty if the failure is none of theirs. */
    public static Optional<String> sqlProblem(SQLException failure) {
        Matcher matcher = KIND.matcher(message(failure));
        return matcher.find() ? Optional.of(matcher.group(1) + " error: " + matcher.group(2)) : Optional.empty();
    }

    /** A failure while tidying up, which changes nothing for anybody. */
    public static void ignored(String what, SQLException failure) {
        LOG.debug("{} failed: {}", what, kind(message(failure)));
    }

    private static boolean damaged(String message) {
        return message.contains("not a valid duckdb database")
                || message.contains("corrupt")
                || message.contains("checksum")
                || message.contains("could not read enough bytes")
                || message.contains("serialization error")
                || message.contains("failure while replaying wal")
                || message.contains("catalog error")
                || message.contains("binder error")
                || message.contains("newer version of duckdb");
    }

    private static String unreadable(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("could not set lock")) {
            return "another process holds the file open for writing; the next run tries again";
        }
        if (lower.contains(DISK_FULL)) {
            return "the disk is full";
        }
        if (lower.contains("does not exist") || lower.contains("no files found")) {
            return "there is no such file";
        }
        if (lower.contains("out of memory")) {
            return "DuckDB's memory limit is too low for this model, or its temp folder is full";
        }
        return "the read failed (" + kind(message) + ")";
    }

    private static String csvReason(String message) {
        if (message.contains("Expected Number of Columns")) {
            return "it has another number of cells than the header";
        }
        if (message.contains("unterminated quote")) {
            return "a quote is not closed or not doubled";
        }
        if (message.contains("unicode")) {
            return "it is not UTF-8";
        }
        return "it cannot be split into cells";
    }

    private static String kind(String message) {
        Matcher matcher = ANY_KIND.matcher(message);
        String kind = "unknown";
        while (matcher.find()) {
            kind = matcher.group(1).strip();
        }
        return kind + " error";
    }

    private static String message(SQLException failure) {
        String message = failure.getMessage();
        return message == null ? "" : message;
    }
}
