package dev.caravan.source;

import dev.caravan.contract.CheckResult;
import dev.caravan.diff.Change;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.snapshot.SnapshotState;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One run's view of model and snapshot, in this order: {@link #apply} what the ledger knows, {@link #read}, {@link #check},
 * {@link #diff}, then {@link #apply} the outcomes and {@link #settle}. One thread. Closing it without {@code settle} leaves the
 * snapshot as the last {@code apply} left it and drops what was staged.
 */
public interface EngineSession extends AutoCloseable {

    /** The snapshot as it is now. */
    SnapshotState snapshot();

    /**
     * Reads the whole model into a staged generation, its connection open read-only for this call alone.
     *
     * @return the rows read
     * @throws dev.caravan.problem.CaravanException.EnvironmentFailure if it could not be read to the end; nothing is staged then
     * @throws dev.caravan.problem.CaravanException.InvalidInput ({@code target.key}) if the snapshot's rows had their destination
     *     keys from something else than the mapping says now
     */
    long read();

    /** Judges all staged rows and quarantines the bad ones. */
    CheckResult check();

    /**
     * Counts of a diff, known before its rows are read.
     *
     * @param gone live keys absent from all rows read
     * @param due those of the same that {@link #renew} was asked for and did not take
     */
    record Counts(long added, long candidates, long gone, long same, long due) {

        /** Where {@link #renew} was not asked. */
        public Counts(long added, long candidates, long gone, long same) {
            this(added, candidates, gone, same, 0);
        }

        /** After so many of the same became candidates, and so many more could. */
        public Counts renewed(long more, long left) {
            return new Counts(added, candidates + more, gone, same - more, left);
        }
    }

    /** Diffs the valid staged rows against the snapshot, on keys and hashes alone. */
    Counts diff();

    /**
     * Takes rows among the changes that do not differ, but were accepted long ago: of all that are valid and have no unresolved request
     * those of the earliest run first, and of one run in canonical key order. Changes as old as that are {@linkplain
     * Change.Changed#due due} from here on too. After {@link #diff}; may be called again for more of them.
     *
     * @param upTo the last run of which an acceptance is that long ago; the same in all calls
     * @param most how many to take, beside those of earlier calls
     * @return what is counted now
     */
    Counts renew(long upTo, long most);

    /**
     * The changes of the last diff in canonical key order, images fetched for them alone. Removals are left out when a key
     * was unreadable. The stream must be closed; nothing else may be called while it is open but {@link #same}.
     */
    Stream<Change> changes();

    /**
     * Tells the image columns of the rows that are at the destination or may come there, in no order: of those that are valid, those whose
     * keys are live in the snapshot, and those without a key, which may be anybody's. After {@link #read} and {@link #check}, and while no
     * stream of changes is open.
     */
    void eachRow(Consumer<Row> told);

    /**
     * Notes that nothing has to be sent for a change: {@link #settle} absorbs the staged row (image, hash, definition, nothing
     * withheld) or, for a key that left the model, marks it left.
     */
    void same(RowKey key);

    /**
     * Brings outcomes into the snapshot, in one transaction that also stores the last one's sequence number. Those at or
     * below the stored number are skipped, so applying twice changes nothing.
     */
    void apply(Iterator<Settlement> settlements);

    /**
     * Ends a delivered run: absorbs what {@link #same} noted, and stores the target and, if the model was read, its row count as
     * the last good read. Also called without a read, when an approved plan was delivered.
     *
     * @param target the identity that was written to; empty if the run needed no destination
     */
    void settle(Optional<String> target);

    @Override
    void close();
}
