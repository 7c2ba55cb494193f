package dev.caravan.guard;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping's limits. What the file does not say is empty and takes the guard's default; a limit that is written is taken
 * literally, without the floors that the defaults have for small tables.
 *
 * @param maxChanged the most rows added or changed, as a share of the live snapshot
 * @param maxRemoved the most rows removed, as a share of the live snapshot
 * @param maxCleared the most rows of one field going from a value to null, as a share of the live snapshot
 * @param minRows the fewest rows read, as a share of the last good read
 * @param maxFirstSync the most rows of a first sync that need no approval
 * @param maxResent the most rows sent again in one run, as a share of the live snapshot: see {@code resend_every} of a target
 * @param fields limits of single fields
 */
public record Guardrails(
        Optional<BigDecimal> maxChanged,
        Optional<BigDecimal> maxRemoved,
        Optional<BigDecimal> maxCleared,
        Optional<BigDecimal> minRows,
        Optional<Long> maxFirstSync,
        Optional<BigDecimal> maxResent,
        Map<String, FieldLimits> fields) {

    /** All defaults. */
    public static final Guardrails DEFAULT = new Guardrails(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of());

    public Guardrails {
        fields = Map.copyOf(fields);
    }

    /**
     * Limits of one field.
     *
     * @param deadBand a numeric step smaller than this, against the value last sent, is not sent
     */
    public record FieldLimits(Optional<BigDecimal> deadBand) {}
}
