package dev.caravan.pipeline;

import dev.caravan.mapping.MappingId;

/**
 * Where workers that share a ledger hand each other their snapshots: whole files, each made by one run and never changed. A snapshot
 * that is older than the ledger is brought up to date from it, so that any that is whole will do; the newest saves the most work.
 */
public interface Shelf {

    /** For a worker that owns its ledger: its snapshots are its own. */
    Shelf NONE = new Shelf() {
        @Override
        public void fetch(MappingId mapping, long epoch) {}

        @Override
        public void publish(MappingId mapping, long epoch) {}
    };

    /** Takes the newest snapshot of another worker in place of an older one here. Before the run of this epoch opens it. */
    void fetch(MappingId mapping, long epoch);

    /** Puts the snapshot out for others, once the run of this epoch has closed it. A failure costs only time, later, and is logged. */
    void publish(MappingId mapping, long epoch);
}
