package dev.caravan.delivery.link;

import dev.caravan.delivery.limit.RetryBudget;
import dev.caravan.destination.Signal;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends again, a few times, what may be sent again: what was certainly not applied always, what may have been applied only where
 * it carries no rows and leaves the same state; rows in doubt are the rounds' of a batch, which leave a trace (invariant I8). Waits are exponential with full jitter, never shorter than the destination asked for; if it asks
 * for more than {@link #LONGEST}, or the connection has repeated too much just now, its answer is handed up instead. Never repeats a
 * refused log-in.
 */
record Retrying(Hop next, Retry retry, RetryBudget budget, Link link, StopSignal stop) implements Sender {

    private static final int ATTEMPTS = 4;
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** The rule of a connection. */
    static Retry rule(String connection, RandomGenerator random) {
        return Retry.of(
                connection,
                RetryConfig.<Attempt>custom()
                        .maxAttempts(ATTEMPTS)
                        .retryOnResult(attempt -> attempt.retryReason().isPresent()
                                && attempt.asked().compareTo(LONGEST) <= 0)
                        .intervalBiFunction((attempts, last) -> wait(attempts, last, random))
                        .build());
    }

    private static long wait(int attempts, Either<Throwable, Attempt> last, RandomGenerator random) {
        long most = Math.min(FIRST.toMillis() << (attempts - 1), LONGEST.toMillis());
        long jitter = random.nextLong(most + 1);
        // What was asked for, and the jitter on top: all who were sent away were told the same moment to return.
        return last.get().asked().toMillis() + jitter;
    }

    @Override
    public Reply send(Request request) {
        Retry.AsyncContext<Attempt> tries = retry.asyncContext();
        Patience patience = new Patience(link.time().sleeper());
        @Nullable Reply doubtful = null;
        int requests = 0;
        while (true) {
            Attempt attempt = attempt(request);
            earn(attempt, requests);
            requests += attempt.reply().requests();
            doubtful = attempt.doubtful() ? attempt.reply() : doubtful;
            long wait = tries.onResult(attempt);
            boolean over = wait < 0
                    || !budget.spend()
                    || patience.await(Duration.ofMillis(wait), stop).isPresent();
            if (over) {
                tries.onComplete();
                return costing(certain(attempt, doubtful), requests);
            }
            attempt.retryReason().ifPresent(reason -> link.meters().retry(link.connection(), reason));
        }
    }

    /** Only what went out earns, and only the first time. */
    private void earn(Attempt attempt, int before) {
        if (before == 0 && attempt.reply().requests() > 0) {
            budget.earn();
        }
        link.meters().retryBudget(link.connection(), budget.ratio());
    }

    private Attempt attempt(Request request) {
        Heard heard = next.send(request);
        return new Attempt(
                request, heard.reply(), heard.signal(), link.time().clock().instant());
    }

    /** "Not applied" of the last attempt does not hold for the request when nobody knows about an earlier one. */
    private static Reply certain(Attempt last, @Nullable Reply doubtful) {
        return doubtful == null || last.signal().state() == Signal.State.WELL ? last.reply() : doubtful;
    }

    private static Reply costing(Reply reply, int requests) {
        return switch (reply) {
            case Reply.Answer answer -> answer.costing(requests);
            case Reply.NotSent not -> new Reply.NotSent(not.reason(), not.detail(), not.notBefore(), requests);
            case Reply.Lost lost -> new Reply.Lost(lost.reason(), requests);
        };
    }
}
