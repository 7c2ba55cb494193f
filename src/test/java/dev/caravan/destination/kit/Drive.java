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

/** A talk over HTTP. */
public final class Drive {

    public final List<HttpRequest> requests = new ArrayList<>();
    public final List<String> remembered;
    public final List<Duration> pauses;
    private final Talk talk;

    public Drive(Function<HttpRequest, Reply> server) {
        this.talk = new Talk(asked -> {
            HttpRequest request = HttpRequest.of(asked);
            requests.add(request);
            return server.apply(request);
        });
        this.remembered = talk.remembered;
        this.pauses = talk.pauses;
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
    public <R> R run(Conversation<R> conversation) {
        return talk.run(conversation);
    }

    /** The last step of a conversation: its result, or why it was left open. */
    public <R> Conversation<R> toTheEnd(Conversation<R> conversation) {
        return talk.toTheEnd(conversation);
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
