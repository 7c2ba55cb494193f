package dev.caravan.delivery;

import dev.caravan.delivery.link.ConnectionLimits;
import dev.caravan.delivery.link.DeliveryMeters;
import dev.caravan.delivery.link.RequestCount;
import dev.caravan.delivery.link.Sender;
import dev.caravan.delivery.link.SenderStack;
import dev.caravan.delivery.link.Senders;
import dev.caravan.delivery.link.StopSignal;
import dev.caravan.delivery.link.Time;
import dev.caravan.destination.Destination;
import dev.caravan.destination.Quota;
import dev.caravan.ledger.Spending;
import dev.caravan.transport.LogInRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Transport;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One configured connection: how its destination is spoken to, the transport that reaches it, and the limits that all mappings
 * of the process keep together. One instance a connection; thread-safe. Closing it closes the transport.
 */
public final class Connection implements AutoCloseable {

    private final String name;
    private final Destination destination;
    private final Transport transport;
    private final SenderStack stack;
    private final DeliveryMeters meters;
    private final KnownIds knownIds;

    /**
     * A connection that has sent nothing yet.
     *
     * @param spending where it is written down what was taken of limits of a day
     * @param random for jitter, used by many threads; seed it and say so
     */
    public Connection(
            String name,
            Destination destination,
            Transport transport,
            ConnectionLimits limits,
            Spending spending,
            Time time,
            RandomGenerator random,
            DeliveryMeters meters) {
        this.name = name;
        this.destination = destination;
        this.transport = transport;
        this.meters = meters;
        this.knownIds = new KnownIds(time.nanos());
        this.stack = new SenderStack(name, destination, limits, spending, time, random, meters);
    }

    /** Its name in caravan.yaml. */
    public String name() {
        return name;
    }

    /** How it is spoken to. */
    public Destination destination() {
        return destination;
    }

    /**
     * The senders of one run, behind all limits of the connection.
     *
     * @param account the only account they may reach: the one that the run's log-in answered for
     * @param stop the run's own, by which its turns are told apart from those of other runs
     */
    public Senders senders(String account, StopSignal stop, RequestCount count) {
        return late -> stack.over(
                request -> transport.send(request, account, stop.andOf(request, late)::reason), stop, late, count);
    }

    /** The same for what carries no rows. */
    public Sender sender(String account, StopSignal stop, RequestCount count) {
        return senders(account, stop, count).unless(StopSignal.NEVER);
    }

    /** {@link Transport#login} behind the same limits, retries included. */
    public Reply login(StopSignal stop, RequestCount count) {
        Request read = new LogInRequest(destination.requestTimeout());
        return stack.over(request -> transport.login(stop::reason), stop, count).send(read);
    }

    /** Tells that rows in doubt are about to be sent again. */
    void repeats() {
        meters.retry(name, "unknown");
    }

    /**
     * Whether something may be sent a second time without burying the destination under repeats; if so, this one is paid for. All of the
     * connection share the budget, the repeats of single requests included.
     */
    public boolean mayRetry() {
        return stack.mayRetry();
    }

    KnownIds knownIds() {
        return knownIds;
    }

    /** The daily allowance as last told. */
    public Optional<Quota> quota() {
        return stack.quota();
    }

    @Override
    public void close() {
        transport.close();
    }
}
