package dev.caravan.pipeline;

import dev.caravan.mapping.MappingId;
import dev.caravan.run.Trigger;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** What a schedule does: puts its mapping into the queue, with the fire that the ledger will claim. */
public final class EnqueueStep implements Processor {

    private static final String FIRE = "scheduledFireTime";

    private final RunQueue queue;
    private final Function<String, Optional<MappingId>> mappingOfRoute;

    /** A step into this queue. */
    public EnqueueStep(RunQueue queue, Function<String, Optional<MappingId>> mappingOfRoute) {
        this.queue = queue;
        this.mappingOfRoute = mappingOfRoute;
    }

    @Override
    public void process(Exchange exchange) {
        Optional<Instant> fire = Optional.ofNullable(exchange.getMessage().getHeader(FIRE, Long.class))
                .map(Instant::ofEpochMilli);
        mappingOfRoute
                .apply(exchange.getFromRouteId())
                .ifPresent(mapping -> queue.offer(mapping, Trigger.SCHEDULE, fire));
    }
}
