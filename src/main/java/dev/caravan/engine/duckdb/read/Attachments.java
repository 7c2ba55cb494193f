package dev.caravan.engine.duckdb.read;

import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.db.Failures;
import dev.caravan.engine.duckdb.db.Instance;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Warehouse files, attached read-only while someone reads them. Readers of one connection share its attachment; the last
 * one detaches, so that other processes can write the file again.
 */
public final class Attachments {

    private final Instance instance;
    private final Map<Path, Attached> attached = new HashMap<>();

    /** No file is attached yet. */
    public Attachments(Instance instance) {
        this.instance = instance;
    }

    private static final class Attached {
        private final String alias;
        private int readers;

        private Attached(String alias) {
            this.alias = alias;
        }
    }

    /**
     * Attaches a file under a connection's name, or joins those who read it. One file under two names is read by turns,
     * since an instance holds a file once.
     */
    void enter(String alias, Path file) throws SQLException {
        synchronized (attached) {
            Attached present = attached.get(file);
            while (present != null && !present.alias.equals(alias)) {
                awaitRelease();
                present = attached.get(file);
            }
            if (present == null) {
                try (Db db = instance.connect()) {
                    db.attach(file, alias, Db.Access.READ_ONLY);
                }
                present = new Attached(alias);
                attached.put(file, present);
            }
            present.readers++;
        }
    }

    /** Ends what {@link #enter} began. */
    void leave(Path file) {
        synchronized (attached) {
            Attached present = attached.get(file);
            if (present != null && --present.readers == 0) {
                attached.remove(file);
                detach(present.alias);
                attached.notifyAll();
            }
        }
    }

    private void detach(String alias) {
        try (Db db = instance.connect()) {
            db.detach(alias);
        } catch (SQLException failure) {
            Failures.ignored("detach", failure);
        }
    }

    private void awaitRelease() throws SQLException {
        try {
            attached.wait();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while another connection reads the same file", interrupted);
        }
    }
}
