package dev.caravan.destination.kit;

import dev.caravan.destination.Conversation;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Takes a conversation to its end against answers given by the test, without waiting, and notes what it asked for in whichever form. */
public final class Talk {

    public final List<Request> requests = new ArrayList<>();
    public final List<String> remembered = new ArrayList<>();
    public final List<Duration> pauses = new ArrayList<>();
    private final Function<Request, Reply> server;

    public Talk(Function<Request, Reply> server) {
        this.server = server;
    }

    /** The result; being left open fails the test. */
    public <R> R run(Conversation<R> talk) {
        Conversation<R> end = toTheEnd(talk);
        if (end instanceof Conversation.Done<R> done) {
            return done.result();
        }
        throw new AssertionError("ended as " + end);
    }

    /** The last step of a conversation: its result, or why it was left open. */
    public <R> Conversation<R> toTheEnd(Conversation<R> talk) {
        Conversation<R> at = talk;
        while (true) {
            switch (at) {
                case Conversation.Done<R> done -> {
                    return done;
                }
                case Conversation.LeaveOpen<R> open -> {
                    return open;
                }
                case Conversation.Send<R> send -> {
                    requests.add(send.request());
                    at = send.then().apply(server.apply(send.request()));
                }
                case Conversation.Remember<R> remember -> {
                    remembered.add(remember.remoteJob());
                    at = remember.then().get();
                }
                case Conversation.Pause<R> pause -> {
                    pauses.add(pause.time());
                    at = pause.then().get();
                }
            }
        }
    }
}
