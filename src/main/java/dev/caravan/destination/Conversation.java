package dev.caravan.destination;

import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A conversation with a destination as a value: a pure state machine that somebody else drives. A connector returns one;
 * the driver does the I/O, waits and remembers, and calls back. No state of it may be entered twice.
 *
 * @param <R> what the conversation ends with
 */
public sealed interface Conversation<R> {

    /** This conversation, then the one that its result leads to. */
    default <S> Conversation<S> andThen(Function<? super R, Conversation<S>> next) {
        return switch (this) {
            case Send<R> send ->
                new Send<>(send.request(), reply -> send.then().apply(reply).andThen(next));
            case Remember<R> remember ->
                new Remember<>(remember.remoteJob(), () -> remember.then().get().andThen(next));
            case Pause<R> pause ->
                new Pause<>(pause.time(), () -> pause.then().get().andThen(next));
            case LeaveOpen<R> open -> new LeaveOpen<>(open.reason());
            case Done<R> done -> next.apply(done.result());
        };
    }

    /** Send this, then go on with the reply. */
    record Send<R>(Request request, Function<Reply, Conversation<R>> then) implements Conversation<R> {}

    /** Make this remote job id durable, then go on. Nothing is sent in between. */
    record Remember<R>(String remoteJob, Supplier<Conversation<R>> then) implements Conversation<R> {}

    /** Wait at least this long, then go on. */
    record Pause<R>(Duration time, Supplier<Conversation<R>> then) implements Conversation<R> {}

    /**
     * The end for now: a job that was remembered goes on, or nobody says how it stands. It stays open in the books and a later
     * run takes it up; only a conversation that has remembered a job, or resumes one, may end so.
     *
     * @param reason a stable word such as {@code job_going_on}
     */
    record LeaveOpen<R>(String reason) implements Conversation<R> {}

    /** The end. */
    record Done<R>(R result) implements Conversation<R> {}
}
