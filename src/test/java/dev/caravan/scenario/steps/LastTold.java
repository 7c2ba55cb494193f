package dev.caravan.scenario.steps;

import dev.caravan.mapping.TargetSchema;
import dev.caravan.pipeline.TargetSchemas;
import java.time.Duration;
import java.util.Optional;

/** The description that was told last, of whichever object: for a worker that knows one. Nothing is kept from process to process. */
public final class LastTold implements TargetSchemas {

    private Optional<TargetSchema> kept = Optional.empty();

    @Override
    public Optional<TargetSchema> cached(String connection, String object) {
        return kept;
    }

    @Override
    public Optional<Duration> age(String connection, String object) {
        return kept.map(any -> Duration.ZERO);
    }

    @Override
    public void keep(String connection, TargetSchema schema) {
        kept = Optional.of(schema);
    }
}
