package dev.caravan.connector.jdbc;

import dev.caravan.destination.Conversation;
import dev.caravan.transport.Transport;

/** Drives a conversation over a transport. */
final class Driving {

    private Driving() {}

    static <R> R over(Transport transport, Conversation<R> talk) {
        Conversation<R> at = talk;
        while (true) {
            switch (at) {
                case Conversation.Send<R> send -> at = send.then().apply(transport.send(send.request(), ""));
                case Conversation.Done<R> done -> {
                    return done.result();
                }
                case Conversation.Remember<R> remember -> throw new AssertionError("a database has no jobs");
                case Conversation.Pause<R> pause -> throw new AssertionError("a database is not waited for");
                case Conversation.LeaveOpen<R> open -> throw new AssertionError("nothing is left open");
            }
        }
    }
}
