package dev.caravan.store.sql;

import dev.caravan.ledger.Spending;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was taken of limits of a day, in the ledger's database: a row a stretch. */
public final class SqlSpending implements Spending {

    private static final String ADD = "INSERT INTO spending (connection, allowance, at, amount) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (connection, allowance, at) DO UPDATE SET amount = spending.amount + excluded.amount";

    private final Database db;

    /** In a ledger's database. */
    public SqlSpending(SqlLedger ledger) {
        this.db = ledger.database();
    }

    @Override
    public Taken take(Purse purse, Instant since, long most, long amount, Instant at) {
        return db.write(sql -> {
            // Two workers that looked at the same time would both find room.
            sql.lockTable("spending");
            sql.update(
                    "DELETE FROM spending WHERE connection = ? AND allowance = ? AND at <= ?",
                    purse.connection(),
                    purse.limit(),
                    since.minus(KEPT));
            Taken found = new Taken(false, stretches(sql, purse, since));
            if (found.sum() + amount > most) {
                return found;
            }
            add(sql, purse, amount, at);
            found.stretches().merge(Spending.stretch(at), amount, Long::sum);
            return new Taken(true, found.stretches());
        });
    }

    @Override
    public void add(Purse purse, long amount, Instant at) {
        db.write(sql -> {
            add(sql, purse, amount, at);
            return amount;
        });
    }

    private static void add(Sql sql, Purse purse, long amount, Instant at) throws SQLException {
        sql.update(ADD, purse.connection(), purse.limit(), Spending.stretch(at), amount);
    }

    private static SortedMap<Instant, Long> stretches(Sql sql, Purse purse, Instant since) throws SQLException {
        SortedMap<Instant, Long> stretches = new TreeMap<>();
        sql.all(
                        "SELECT at, amount FROM spending WHERE connection = ? AND allowance = ? AND at > ?",
                        row -> new Stretch(Sql.instant(row, "at"), row.getLong("amount")),
                        purse.connection(),
                        purse.limit(),
                        since)
                .forEach(each -> stretches.put(each.at(), each.amount()));
        return stretches;
    }

    private record Stretch(Instant at, long amount) {}
}
