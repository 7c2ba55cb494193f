package dev.caravan.destination.kit;

import dev.caravan.destination.Conversation;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Drives a conversation against answers given by the test, without waiting, and notes what it asked for. */
public final class Drive {

    public final List<HttpRequest> requests = new ArrayList<>();
    public final List<String> remembered = new ArrayList<>();
    public final List<Duration> pauses = new ArrayList<>();
    private final Function<HttpRequest, Reply> server;

    public Drive(Function<HttpRequest, Reply> server) {
        this.server = server;
    }

    /** Answers in this order; asking for more than that fails the test. */
    public static Drive script(Reply... replies) {
        Deque<Reply> left = new ArrayDeque<>(List.of(replies));
        return new Drive(request -> {
            if (left.isEmpty()) {
                throw new AssertionError("nothing left to answer " + request.method() + " " + request.path());
            }
            return left.poll();
        });
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
                    HttpRequest request = HttpRequest.of(send.request());
                    requests.add(request);
                    at = send.then().apply(server.apply(request));
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

    /** Methods and paths asked for. */
    public List<String> calls() {
        return requests.stream()
                .map(request -> request.method() + " " + request.path())
                .toList();
    }

    /** The bodies sent. */
    public List<String> bodies() {
        return requests.stream().map(request -> request.body().text()).toList();
    }

    /** An answer without headers. */
    public static Reply answer(int status, String body) {
        return new HttpAnswer(status, Map.of(), Body.of(body), 1);
    }

    /** An answer with one header, its name in lower case. */
    public static Reply answer(int status, String header, String value, String body) {
        return new HttpAnswer(status, Map.of(header, List.of(value)), Body.of(body), 1);
    }

    /** No answer. */
    public static Reply lost() {
        return new Reply.Lost("timeout", 1);
    }
}
