package dev.caravan.app;

import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.plan.PlannedWrite;
import java.time.Instant;
import java.util.Optional;

/**
 * A key whose last request has no known end.
 *
 * @param shown the key for people; personal data, as the key is
 * @param kind what was sent
 * @param run the run that sent it
 * @param since when it was first about to be sent
 * @param word what a person said of it; the next run goes by that
 */
public record Doubtful(
        MappingId mapping, String shown, PlannedWrite.Kind kind, long run, Instant since, Optional<OnUnknown> word) {}
