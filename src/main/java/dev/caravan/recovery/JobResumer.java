package dev.caravan.recovery;

import dev.caravan.destination.Batch;
import dev.caravan.destination.Outcome;
import java.util.List;

/** Asks a destination what became of a staged job, by polling it or aborting it; never starts one. */
@FunctionalInterface
public interface JobResumer {

    /**
     * Waits for the job's end.
     *
     * @return one outcome for each write of the batch, in its order
     * @throws dev.caravan.problem.CaravanException.EnvironmentFailure if the destination cannot be reached, or the job still goes
     *     on; the batch stays open and is asked about again at the next recovery
     */
    List<Outcome> resume(Batch batch, String remoteJob);
}
