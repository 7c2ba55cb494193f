package dev.caravan.store.sql.upkeep;

import dev.caravan.store.sql.db.Work;

/** Lets one transaction change what is else append-only. Nobody else sees the gate open, and none stays open after a failure. */
final class Gate {

    private Gate() {}

    static <T> Work<T> through(Work<T> work) {
        return sql -> {
            sql.update("INSERT INTO upkeep_gate (open) VALUES (1)");
            T done = work.on(sql);
            sql.update("DELETE FROM upkeep_gate");
            return done;
        };
    }
}
