package dev.caravan.store.sqlite;

import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.problem.DiskFailure;
import dev.caravan.problem.Problem;
import dev.caravan.store.sql.db.Damage;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What an error of the database means. Its own words stay inside: they may name what a statement carried. */
final class SqlFailure {

    private SqlFailure() {}

    /** The exception to throw. A broken constraint is a bug of ours, everything else is the disk or the file. */
    static RuntimeException of(SQLException failure) {
        SQLiteErrorCode code =
                failure instanceof SQLiteException known ? known.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        String name = code.name();
        if (name.startsWith("SQLITE_CORRUPT") || name.equals("SQLITE_NOTADB") || name.equals("SQLITE_FORMAT")) {
            return Damage.of("the ledger's file is damaged (" + name + ")");
        }
        if (name.startsWith("SQLITE_CONSTRAINT")
                || name.equals("SQLITE_ERROR")
                || name.equals("SQLITE_MISUSE")
                || name.equals("SQLITE_RANGE")) {
            return new IllegalStateException("the ledger refused a transaction (" + name + ")", failure);
        }
        return trouble(name);
    }

    /** A quota and a read-only mount reach SQLite as other errors than its own: those words are in no message of it. */
    private static RuntimeException trouble(String name) {
        String ledger = "the ledger";
        if (name.startsWith("SQLITE_FULL")) {
            return DiskFailure.full(ledger);
        }
        if (name.startsWith("SQLITE_READONLY") || name.startsWith("SQLITE_PERM") || name.startsWith("SQLITE_AUTH")) {
            return DiskFailure.readOnly(ledger);
        }
        if (name.startsWith("SQLITE_BUSY") || name.startsWith("SQLITE_LOCKED")) {
            return new CaravanException.EnvironmentFailure(Problem.of(
                    Code.STATE_BUSY,
                    "another program holds the ledger (" + name + ")",
                    "close whatever has the ledger's file open; the next run goes on"));
        }
        return new CaravanException.EnvironmentFailure(Problem.of(
                Code.STATE_IO,
                "the ledger cannot be read or written (" + name + ")",
                "see that the disk of the state folder is there, has room and can be written; the next run goes on"));
    }
}
