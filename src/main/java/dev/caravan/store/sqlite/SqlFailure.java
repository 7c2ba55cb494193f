package dev.caravan.store.sqlite;

import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
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
        return new CaravanException.EnvironmentFailure(
                Problem.of(Code.STATE_IO, "the ledger cannot be read or written (" + name + ")", advice(name)));
    }

    private static String advice(String name) {
        if (name.startsWith("SQLITE_FULL")) {
            return "free some space on the disk of the state folder";
        }
        if (name.startsWith("SQLITE_READONLY") || name.startsWith("SQLITE_PERM") || name.startsWith("SQLITE_AUTH")) {
            return "give the worker's user the right to write the state folder";
        }
        if (name.startsWith("SQLITE_BUSY") || name.startsWith("SQLITE_LOCKED")) {
            return "another program holds the ledger: close it and try again";
        }
        return "check the disk and the rights of the state folder";
    }
}
