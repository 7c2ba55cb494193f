package dev.caravan.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.delivery.link.Time;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Conversation.Send;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows leave soon after their intent, or get a new one. */
class LateRowsTest extends DeliveryBed {

    /** Invariant I8: recovery takes it that no rows leave later than an hour after their intent. */
    @ParameterizedTest
    @ValueSource(strings = {"wall", "monotonic"})
    void rowsThatWouldLeaveLongAfterTheirIntentGetANewOne(String clock) {
        boolean wall = clock.equals("wall");
        Time time = new Time(
                wall ? held::now : () -> HeldTime.START.plus(slept()),
                () -> (wall ? slept() : held.elapsed()).toNanos(),
                held.time().sleeper());
        rowsAnswered();
        waitingBeforeRows(Duration.ofMinutes(51), Duration.ofMinutes(49));
        assertThat(deliver(2, time)).isEqualTo(new DeliveryReport(2, 0, 0, 0, 0, 3, Optional.empty()));
        assertThat(books.entries).containsExactly("begin 1 [0, 1]", "complete 1 2", "begin 2 [0, 1]", "complete 2 2");
        assertThat(books.all.get(1L)).containsExactly(new Outcome.Deferred("late", Optional.empty()), OK);
        assertThat(wire.sent).containsExactly(CALL, CALL, ROWS);
    }

    /** What a clock shows that stands still but for our own waits. */
    private Duration slept() {
        return held.naps.stream().reduce(Duration.ZERO, Duration::plus);
    }

    @Test
    void whatIsAlwaysLateComesBackWithALaterRun() {
        rowsAnswered();
        waitingBeforeRows(Duration.ofHours(1));
        assertThat(deliver(2)).isEqualTo(new DeliveryReport(0, 0, 2, 0, 0, 3, Optional.empty()));
        assertThat(wire.sent).doesNotContain(ROWS);
    }

    /** What became of a job it is asked, so that its parts may take their time. */
    @Test
    void theRequestsOfAJobAreNeverLate() {
        destination.idempotency = IdempotencyClass.D;
        rowsAnswered();
        waitingBeforeRows(Duration.ofHours(3));
        assertThat(deliver(2).accepted()).isEqualTo(2);
    }

    /** A look-up whose answer takes so long in each round; the last of them for ever. */
    private void waitingBeforeRows(Duration... waits) {
        Function<Batch, Conversation<List<Outcome>>> rows = destination.conversation;
        Deque<Duration> left = new ArrayDeque<>(List.of(waits));
        destination.conversation = batch -> new Send<>(CALL, found -> {
            held.move(left.size() > 1 ? left.remove() : left.element());
            return rows.apply(batch);
        });
    }
}
