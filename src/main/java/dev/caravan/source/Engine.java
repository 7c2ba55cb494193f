package dev.caravan.source;

import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.model.Model;
import dev.caravan.model.ModelSchema;
import dev.caravan.row.RowKey;
import java.util.OptionalLong;

/** Where rows and snapshots live. One a process; safe for use by many threads. */
public interface Engine extends AutoCloseable {

    /**
     * The columns of a model, declarations applied, without reading its rows.
     *
     * @throws dev.caravan.problem.CaravanException.InvalidInput if the SQL is not one SELECT, names what it may not see, or
     *     fails; with the model's place
     * @throws dev.caravan.problem.CaravanException.EnvironmentFailure if the connection cannot be opened
     */
    ModelSchema describe(Model model);

    /**
     * Opens a mapping's snapshot for one run. At most one session of a mapping is open at a time.
     *
     * @param keyEquality how the destination compares its keys; constant over a snapshot's life. The model's own are told apart by {@link
     *     Mapping#keyEquality}
     */
    EngineSession open(Mapping mapping, RowKey.Equality keyEquality);

    /**
     * The number of the last ledger outcome that a mapping's snapshot says it holds; empty if it has no snapshot. Changes nothing.
     *
     * @throws dev.caravan.problem.CaravanException.RunFailure ({@code run.busy}) while a session has it open, ({@code
     *     snapshot.damaged}) if it cannot be read
     */
    OptionalLong appliedSeq(MappingId mapping);

    /** Deletes a mapping's snapshot: the next run is a first sync. */
    void reset(MappingId mapping);

    @Override
    void close();
}
