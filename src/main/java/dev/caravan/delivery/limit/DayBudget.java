package dev.caravan.delivery.limit;

import dev.caravan.ledger.Spending;
import dev.caravan.ledger.Spending.Purse;
import dev.caravan.ledger.Spending.Taken;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Request.Replay;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps one limit of a day. What a request costs is taken before it goes out and counts for some minutes longer than a day: the
 * destination counts it when it arrives, by a clock of its own. Thread-safe.
 */
public final class DayBudget {

    /** No request and its log-in take longer, and no two clocks differ by more. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private static final int ATTEMPTS = 3;

    private final DayLimit limit;
    private final Purse purse;
    private final Spending spending;
    private final Duration late;
    private final AtomicLong used = new AtomicLong();

    /** @param longest how long one request takes at most */
    public DayBudget(String connection, DayLimit limit, Spending spending, Duration longest) {
        this.limit = limit;
        this.purse = new Purse(connection, limit.name());
        this.spending = spending;
        Duration whole = longest.multipliedBy(ATTEMPTS);
        this.late = (whole.compareTo(MARGIN) > 0 ? whole : MARGIN).plus(Spending.STRETCH);
    }

    /** What it keeps. */
    public DayLimit limit() {
        return limit;
    }

    /** Takes what a request costs; else the moment from which it can be had. */
    public Optional<Instant> take(Request request, Instant now) {
        long most = request.replay() == Replay.READ ? limit.most() : limit.writes();
        long amount = limit.amount(request);
        Taken taken = spending.take(purse, limit.from(now).minus(late), most, amount, now);
        used.set(taken.sum());
        return taken.granted() ? Optional.empty() : Optional.of(free(taken, most - amount, now));
    }

    /** The end of the stretch with which enough is free again. One that asks for more than all is told of the next. */
    private Instant free(Taken taken, long room, Instant now) {
        long left = taken.sum();
        Instant then = limit.over(now);
        for (Map.Entry<Instant, Long> stretch : taken.stretches().entrySet()) {
            then = limit.over(stretch.getKey().plus(late));
            left -= stretch.getValue();
            if (left <= room) {
                return then;
            }
        }
        return then;
    }

    /** Gives back what a request has not cost, or adds what it has cost beside. */
    public void ended(Request request, Reply reply, Instant taken, Instant now) {
        long more = cost(request, reply) - limit.amount(request);
        if (more != 0) {
            spending.add(purse, more, more < 0 ? taken : now);
        }
    }

    /** A log-in is a request, but carries no row. */
    private long cost(Request request, Reply reply) {
        if (!limit.rows()) {
            return reply.requests();
        }
        return reply instanceof Reply.NotSent || reply.requests() == 0 ? 0 : limit.amount(request);
    }

    /** The part that is used, 0 to 1, as of the last request. */
    public double share() {
        return (double) used.get() / limit.most();
    }
}
