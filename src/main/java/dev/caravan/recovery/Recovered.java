package dev.caravan.recovery;

import java.util.List;

/**
 * What a recovery did.
 *
 * @param interrupted runs whose process had died, oldest first
 * @param applied outcomes that the snapshot had not taken up
 * @param resolved rows of open batches whose end is known now
 * @param unknown rows of open batches whose end stays unknown: their keys are dirty
 */
public record Recovered(List<Long> interrupted, long applied, long resolved, long unknown) {

    /** A recovery that found nothing to do. */
    public static final Recovered NOTHING = new Recovered(List.of(), 0, 0, 0);

    public Recovered {
        interrupted = List.copyOf(interrupted);
    }
}
