package dev.caravan.delivery.link;

/** Makes the senders of one run, one for each intent. Cheap: all that is shared lies behind them. Safe for many threads. */
@FunctionalInterface
public interface Senders {

    /**
     * A sender whose rows leave in time or not at all.
     *
     * @param late asked right before a request leaves that carries rows or starts something, after every wait for a place, a turn, a
     *     retry or a log-in; reads are never late
     */
    Sender unless(StopSignal late);
}
