package dev.caravan.connector.salesforce.wire;

import dev.caravan.destination.Conversation;
import java.util.function.Function;

/** Conversations one after the other. */
public final class Talk {

    private Talk() {}

    /** The first conversation, then the one that its result leads to. */
    public static <A, B> Conversation<B> then(Conversation<A> first, Function<? super A, Conversation<B>> next) {
        return switch (first) {
            case Conversation.Send<A> send ->
                new Conversation.Send<>(
                        send.request(), reply -> then(send.then().apply(reply), next));
            case Conversation.Remember<A> remember ->
                new Conversation.Remember<>(
                        remember.remoteJob(), () -> then(remember.then().get(), next));
            case Conversation.Pause<A> pause ->
                new Conversation.Pause<>(pause.time(), () -> then(pause.then().get(), next));
            case Conversation.LeaveOpen<A> open -> new Conversation.LeaveOpen<>(open.reason());
            case Conversation.Done<A> done -> next.apply(done.result());
        };
    }
}
