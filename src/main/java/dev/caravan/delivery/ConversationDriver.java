package dev.caravan.delivery;

import dev.caravan.delivery.link.Patience;
import dev.caravan.delivery.link.Sender;
import dev.caravan.delivery.link.Sleeper;
import dev.caravan.delivery.link.StopSignal;
import dev.caravan.destination.Conversation;
import dev.caravan.transport.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Drives conversations: sends, remembers and waits for them. On a stop, a conversation that has remembered a job is left as it is,
 * since what the job does is no longer ours to say; one that has not is told {@code NotSent} and ends by itself.
 */
public final class ConversationDriver {

    private final Patience patience;

    public ConversationDriver(Sleeper sleeper) {
        this.patience = new Patience(sleeper);
    }

    /** Drives a conversation that starts no job, such as a description. */
    public <R> Driven<R> drive(Conversation<R> conversation, Sender sender, StopSignal stop) {
        return drive(conversation, sender, stop, false, job -> {});
    }

    /**
     * Drives a conversation to its end or to a stop.
     *
     * @param underWay whether a job of it was remembered before, as when it is resumed
     * @param remember makes a job's id durable before anything more is sent
     */
    public <R> Driven<R> drive(
            Conversation<R> conversation, Sender sender, StopSignal stop, boolean underWay, Consumer<String> remember) {
        return drive(conversation, sender, stop, underWay, remember, wait -> {});
    }

    /**
     * The same for somebody who wants to know why nothing happens.
     *
     * @param waits told before each wait that the conversation asks for, as between two looks at a job
     */
    <R> Driven<R> drive(
            Conversation<R> conversation,
            Sender sender,
            StopSignal stop,
            boolean underWay,
            Consumer<String> remember,
            Consumer<Duration> waits) {
        Conversation<R> step = conversation;
        boolean job = underWay;
        int requests = 0;
        while (true) {
            switch (step) {
                case Conversation.Done<R> done -> {
                    return new Driven.Finished<>(done.result(), requests);
                }
                case Conversation.LeaveOpen<R> open -> {
                    return new Driven.LeftOpen<>(open.reason(), requests);
                }
                case Conversation.Remember<R> remembered -> {
                    remember.accept(remembered.remoteJob());
                    job = true;
                    step = remembered.then().get();
                }
                case Conversation.Pause<R> pause -> {
                    waits.accept(pause.time());
                    Optional<String> stopped = patience.await(pause.time(), stop);
                    if (stopped.isPresent()) {
                        return new Driven.LeftOpen<>(stopped.get(), requests);
                    }
                    step = pause.then().get();
                }
                case Conversation.Send<R> send -> {
                    Reply reply = sender.send(send.request());
                    requests += reply.requests();
                    Optional<String> stopped = job ? heldBack(reply, stop) : Optional.empty();
                    if (stopped.isPresent()) {
                        return new Driven.LeftOpen<>(stopped.get(), requests);
                    }
                    step = send.then().apply(reply);
                }
            }
        }
    }

    private static Optional<String> heldBack(Reply reply, StopSignal stop) {
        return reply instanceof Reply.NotSent not ? stop.reason().filter(not.reason()::equals) : Optional.empty();
    }
}
