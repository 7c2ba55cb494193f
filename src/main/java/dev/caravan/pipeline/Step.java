package dev.caravan.pipeline;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** A named step of a route: works on the {@link SyncRun} in the exchange's body and leaves it there. */
@FunctionalInterface
public interface Step extends Processor {

    /** Takes the run one step further; throws a {@code CaravanException} to fail it. */
    void on(SyncRun run);

    @Override
    default void process(Exchange exchange) {
        on(exchange.getMessage().getBody(SyncRun.class));
    }
}
