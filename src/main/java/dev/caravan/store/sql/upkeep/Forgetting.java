package dev.caravan.store.sql.upkeep;

import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Upkeep.Forgotten;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.row.RowKey;
import dev.caravan.store.sql.AuditChain;
import dev.caravan.store.sql.Redaction;
import dev.caravan.store.sql.Tenure;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Takes keys out of the ledger. Rows are looked for before the transaction; they are many, and none of them comes or moves meanwhile. */
final class Forgetting {

    private final Database db;
    private final InstantSource clock;
    private final Tenure tenure;

    Forgetting(Database db, InstantSource clock, Tenure tenure) {
        this.db = db;
        this.clock = clock;
        this.tenure = tenure;
    }

    Set<RowKey> keys(MappingId mapping, Predicate<RowKey> wanted) {
        Set<RowKey> found = new HashSet<>();
        try (Stream<RowKey> all = db.stream(
                row -> new RowKey(row.getString(1)),
                "SELECT p.key FROM plan_row p JOIN run r ON r.id = p.run WHERE r.mapping = ?",
                mapping)) {
            all.filter(key -> !key.isForgotten() && wanted.test(key)).forEach(found::add);
        }
        return found;
    }

    Forgotten forget(MappingId mapping, RowKey key, Decision decision) {
        List<Place> places = db.read(sql -> sql.all(
                "SELECT p.run, p.ordinal, p.body FROM plan_row p JOIN run r ON r.id = p.run WHERE r.mapping = ? AND p.key = ?",
                Place::of,
                mapping,
                key.encoded()));
        Instant now = clock.instant();
        return db.write(Gate.through(sql -> {
            free(sql, mapping);
            answered(sql, mapping, key);
            String token = Pseudonyms.of(sql, mapping, key);
            for (Place place : places) {
                sql.update("UPDATE plan SET state = 'SUPERSEDED' WHERE run = ? AND state = 'HELD'", place.run());
                Erasing.values(sql, place.run(), place.ordinal(), now);
                Erasing.words(sql, place.run(), place.ordinal());
                unnamed(sql, place, token);
                samples(sql, place, key);
            }
            subject(sql, mapping, key, token);
            sql.update("DELETE FROM standing WHERE mapping = ? AND key = ?", mapping, key.encoded());
            String shown = new RowKey(token).display();
            AuditChain.append(sql, "forget", mapping + " " + shown, decision);
            return new Forgotten(shown, places.size());
        }));
    }

    /** Nobody claims the mapping either until the transaction ends. */
    private void free(Sql sql, MappingId mapping) throws SQLException {
        if (tenure.heldElsewhere(sql, mapping)) {
            throw new EnvironmentFailure(Problem.of(
                    Code.RUN_BUSY, "another worker runs " + mapping, "forget the key when that run has ended"));
        }
    }

    /** A request that nobody has asked about yet is known by its rows alone. */
    private static void answered(Sql sql, MappingId mapping, RowKey key) throws SQLException {
        long open = sql.number(
                "SELECT count(*) FROM open_batch u JOIN batch_row r ON r.batch = u.batch JOIN subject s ON s.id = r.subject"
                        + " WHERE u.mapping = ? AND s.key = ?",
                mapping,
                key.encoded());
        if (open > 0) {
            throw new EnvironmentFailure(Problem.of(
                    Code.FORGET_IN_DOUBT,
                    "a request of " + mapping + " for this key has no answer yet",
                    "caravan sync " + mapping + " finds out what became of it; then forget the key"));
        }
    }

    private static void unnamed(Sql sql, Place place, String token) throws SQLException {
        sql.update(
                "UPDATE plan_row SET key = ?, row_hash = NULL WHERE run = ? AND ordinal = ?",
                token,
                place.run(),
                place.ordinal());
        sql.update(
                "UPDATE outcome SET remote_id = NULL WHERE remote_id IS NOT NULL AND ordinal = ? AND batch IN"
                        + " (SELECT batch FROM batch_row WHERE run = ? AND ordinal = ?)",
                place.ordinal(),
                place.run(),
                place.ordinal());
    }

    /** Samples show the key as the model writes it, or as the destination does. */
    private static void samples(Sql sql, Place place, RowKey key) throws SQLException {
        String canonical = key.display();
        String sent = Redaction.targetKey(place.body()).strip();
        String summary = sql.first("SELECT summary FROM plan WHERE run = ?", row -> row.getString(1), place.run())
                .orElse("");
        if (!summary.isEmpty()) {
            sql.update(
                    "UPDATE plan SET summary = ? WHERE run = ?",
                    Redaction.summary(
                            summary,
                            shown -> shown.strip().equalsIgnoreCase(canonical)
                                    || shown.strip().equalsIgnoreCase(sent)),
                    place.run());
        }
    }

    /** A key that came back and is forgotten again goes on with what stayed of it before. */
    private static void subject(Sql sql, MappingId mapping, RowKey key, String token) throws SQLException {
        long before = sql.number("SELECT id FROM subject WHERE mapping = ? AND key = ?", mapping, token);
        long now = sql.number("SELECT id FROM subject WHERE mapping = ? AND key = ?", mapping, key.encoded());
        if (before == 0) {
            String shown = new RowKey(token).display();
            sql.update("UPDATE subject SET key = ?, display = ? WHERE id = ?", token, shown, now);
        } else {
            sql.update("UPDATE batch_row SET subject = ? WHERE subject = ?", before, now);
            sql.update("DELETE FROM subject WHERE id = ?", now);
        }
    }

    private record Place(long run, long ordinal, String body) {
        static Place of(ResultSet row) throws SQLException {
            return new Place(row.getLong("run"), row.getLong("ordinal"), row.getString("body"));
        }
    }
}
