package dev.caravan.destination.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.row.Value;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.LogInRequest;
import dev.caravan.transport.PublishRequest;
import dev.caravan.transport.Request;
import dev.caravan.transport.SqlRequest;
import dev.caravan.transport.StoreRequest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a request would put on the wire. */
final class Wire {

    private Wire() {}

    /** All of it as text. */
    static String all(Request request) {
        return frame(request) + "\n" + payload(request);
    }

    /** What it is without the values. */
    static String shape(Request request) {
        return request instanceof PublishRequest publish
                ? publish + (publish.keyed() ? " by key" : "")
                : frame(request);
    }

    /** What is not meant to hold values. */
    private static String frame(Request request) {
        return switch (request) {
            case HttpRequest http -> http.path() + http.headers();
            case SqlRequest sql -> sql.statements().toString();
            case StoreRequest store -> store.toString();
            case PublishRequest publish ->
                publish
                        + publish.records().stream()
                                .map(record -> record.headers() + "")
                                .collect(Collectors.joining());
            case LogInRequest login -> login.toString();
        };
    }

    private static String payload(Request request) {
        return switch (request) {
            case HttpRequest http -> http.body().text();
            case SqlRequest sql ->
                texts(sql.statements().stream()
                        .flatMap(one -> one.rows().stream())
                        .flatMap(row -> row.stream()));
            case StoreRequest store ->
                texts(store.change().stream()
                        .flatMap(change -> change.entries().stream())
                        .flatMap(entry -> Stream.concat(Stream.of(entry.key()), entry.fields().values().stream())));
            case PublishRequest publish ->
                publish.records().stream()
                        .flatMap(record -> Stream.ofNullable(record.value()))
                        .map(Body::text)
                        .collect(Collectors.joining("\n"));
            case LogInRequest login -> "";
        };
    }

    private static String texts(Stream<Value> values) {
        return values.map(Value::text).collect(Collectors.joining("\n"));
    }

    /** A word of a value is nowhere but in the payload, and the path is a path. */
    static void staysWhereItBelongs(Request request, String word) {
        if (request instanceof HttpRequest http) {
            assertThat(http.path()).doesNotContain("..").matches("[\\x21-\\x7e]+");
            assertThat(http.headers().toString()).doesNotContain(word);
        } else {
            assertThat(frame(request)).doesNotContain(word);
        }
    }
}
