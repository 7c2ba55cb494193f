package dev.caravan.engine.duckdb.snapshot;

import dev.caravan.engine.duckdb.read.Staged;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Keeps stored hashes comparable with staged ones. DuckDB does not promise its hashes across versions, so a snapshot is
 * stamped with what they were made of, and hashed again from its own image when that differs. Nothing is sent for it.
 */
public final class Baseline {

    /** Raise it whenever the expression behind the row hash changes. */
    private static final String SCHEME = "hash-1";

    private final SnapshotFile file;
    private final String version;

    /** A baseline for one engine version. */
    public Baseline(SnapshotFile file, String version) {
        this.file = file;
        this.version = version;
    }

    /** Makes the snapshot fit for a diff against this staged generation. Does nothing where nothing differs. */
    public void align(Staged staged) throws SQLException {
        shapeKeys(staged.key().shape());
        file.columns().ensure(staged.columns());
        String stamp = stamp(staged);
        if (file.meta().stamp().equals(stamp)) {
            return;
        }
        String rows = file.table("rows");
        String ids = file.definitions().idsWith(staged.hashed()).stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", ", "(", ")"));
        String hash = "hash(" + String.join(", ", file.columns().physical(staged.hashed())) + ")";
        String whole = ids.equals("()") ? "false" : "definition IN " + ids;
        file.db().inTransaction(() -> {
            file.db()
                    .run("UPDATE " + rows + " SET row_hash = CASE WHEN " + whole + " THEN " + hash
                            + " END WHERE row_hash IS NOT NULL");
            file.db().run("UPDATE " + file.table("meta") + " SET stamp = ?", stamp);
        });
    }

    private void shapeKeys(String shape) throws SQLException {
        String stored = file.meta().keyShape();
        if (!stored.equals(shape) && !stored.equals(Meta.MIXED)) {
            boolean empty = file.db().number("SELECT count(*) FROM " + file.table("rows")) == 0;
            file.db().run("UPDATE " + file.table("meta") + " SET key_shape = ?", empty ? shape : Meta.MIXED);
        }
    }

    private String stamp(Staged staged) {
        List<String> hashed = staged.hashed().stream()
                .map(name -> name + " " + file.columns().get(name).type().sql())
                .toList();
        return "duckdb " + version + "; " + SCHEME + "; " + String.join(", ", hashed);
    }
}
