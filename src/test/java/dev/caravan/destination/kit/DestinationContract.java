package dev.caravan.destination.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.declared.spec.OperationSpec;
import dev.caravan.connector.declared.spec.Strategy;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every connector over HTTP keeps. A connector's test extends it and says how its API answers when all is well; everything else is
 * tried from {@link AbilityContract} and {@link ConnectorContract}.
 */
public abstract class DestinationContract extends AbilityContract {

    private static final List<Integer> REFUSALS = List.of(400, 401, 403, 404, 409, 410, 413, 422, 423, 429, 500, 503);

    private static final List<Integer> SUCCESSES = List.of(200, 201, 202, 207);

    /** What a server between answers, which knows nothing of records. */
    private static final String PAGE = "<!DOCTYPE html><html><body>Not found</body></html>";

    /** What is not there need not be taken away. */
    private static final Set<Action> TAKES_AWAY = EnumSet.of(Action.DELETE, Action.ARCHIVE, Action.REMOVE);

    /**
     * One operation on one object.
     *
     * @param row a row of this number, with an id where the operation needs one
     * @param well how the API answers when it takes every row of a request
     * @param tells whether an answer to rows has content, so that without it nothing was said
     */
    public record Operation(
            Action action,
            String object,
            String keyField,
            Function<Integer, Write> row,
            Function<HttpRequest, Reply> well,
            boolean tells) {

        private Case asCase() {
            return new Case(
                    action, object, keyField, row::apply, request -> well.apply(HttpRequest.of(request)), tells);
        }

        private static Operation of(Case operation) {
            return new Operation(
                    operation.action(),
                    operation.object(),
                    operation.keyField(),
                    operation.row()::apply,
                    operation.well()::apply,
                    operation.tells());
        }
    }

    /** Every operation that the destination declares on the objects named here. */
    protected abstract List<Operation> operations();

    /** A batch of an operation. */
    protected abstract Batch batch(Operation operation, List<Write> writes);

    @Override
    protected final List<Case> cases() {
        return operations().stream().map(Operation::asCase).toList();
    }

    @Override
    protected final Batch batch(Case operation, List<Write> writes) {
        return batch(Operation.of(operation), writes);
    }

    /** Rows and bytes, of so many rows and of such long ones that several requests are needed. */
    @Test
    void noRequestCarriesMoreThanIsDeclared() {
        for (Case operation : cases()) {
            int most = most(operation);
            // Of a hundred thousand rows the bytes are the limit that is met.
            if (most <= 10_000) {
                carries(operation, most, cuts() ? 2 * most + 1 : most, 0);
            }
            if (operation.row().apply(0).fields().values().stream().anyMatch(DestinationContract::grows)) {
                longest(operation).ifPresent(bytes -> carries(operation, most, Math.min(most, 9), (int) bytes / 4));
            }
        }
    }

    /** At each step of a talk, and from there on: one row, so that what is refused is what was to be written. */
    @Test
    void whatIsRefusedIsNeverASuccess() {
        for (Case operation : cases()) {
            int steps = Math.min(requests(operation), 6);
            for (int first = 0; first < steps; first++) {
                for (int status : REFUSALS) {
                    refusedFrom(operation, first, status, "");
                    refusedFrom(operation, first, status, "{}");
                    refusedFrom(operation, first, status, "{\"message\": \"no\"}");
                    refusedFrom(operation, first, status, PAGE);
                }
                for (int status : believesAnyWords(operation) ? List.<Integer>of() : SUCCESSES) {
                    refusedFrom(operation, first, status, PAGE);
                }
            }
        }
    }

    /** Whether a success says all by its status, whoever's words follow. */
    protected boolean believesAnyWords(Case operation) {
        return false;
    }

    /** What answers two rows says nothing of a third that was sent with them, and leaves it open how many it means. */
    @Test
    void anAnswerToFewerRowsTakesNoOther() {
        for (Case operation : cases()) {
            if (most(operation) > 2 && operation.tells()) {
                thirdIsNotTaken(operation);
            }
        }
    }

    private void thirdIsNotTaken(Case operation) {
        Deque<Reply> ofTwo = new ArrayDeque<>();
        Carried two = new Carried(rows(operation, 2));
        new Talk(request -> {
                    Reply reply = operation.well().apply(request);
                    if (two.by(request).size() == 2) {
                        ofTwo.add(reply);
                    }
                    return reply;
                })
                .toTheEnd(destination().deliver(batch(operation, rows(operation, 2))));
        Carried three = new Carried(rows(operation, 3));
        AtomicBoolean untold = new AtomicBoolean();
        Talk talk = new Talk(request -> {
            Set<Integer> carried = three.by(request);
            boolean all = carried.size() == 3 && !ofTwo.isEmpty();
            if (carried.contains(2)) {
                untold.set(all);
            }
            return all ? ofTwo.poll() : operation.well().apply(request);
        });
        if (talk.toTheEnd(destination().deliver(batch(operation, rows(operation, 3))))
                        instanceof Conversation.Done<List<Outcome>> done
                && untold.get()) {
            assertThat(done.result().get(2))
                    .as("%s, of which the answer tells of two rows alone", operation)
                    .isNotInstanceOfAny(Outcome.Accepted.class, Outcome.Unchanged.class);
        }
    }

    private static List<Write> rows(Case operation, int rows) {
        return IntStream.range(0, rows).mapToObj(operation.row()).toList();
    }

    private int requests(Case operation) {
        Talk talk = new Talk(operation.well());
        talk.toTheEnd(
                destination().deliver(batch(operation, List.of(operation.row().apply(0)))));
        return talk.requests.size();
    }

    private void refusedFrom(Case operation, int first, int status, String body) {
        AtomicInteger asked = new AtomicInteger();
        Talk talk = new Talk(request ->
                asked.getAndIncrement() < first ? operation.well().apply(request) : Drive.answer(status, body));
        Write row = operation.row().apply(0);
        if (talk.toTheEnd(destination().deliver(batch(operation, List.of(row))))
                instanceof Conversation.Done<List<Outcome>> done) {
            assertThat(done.result())
                    .as("%s, request %d and what follows answered %d %s", operation, first, status, body)
                    .hasSize(1)
                    .noneMatch(outcome -> outcome instanceof Outcome.Accepted)
                    .noneMatch(outcome -> outcome instanceof Outcome.Unchanged
                            && (body.equals(PAGE) || !TAKES_AWAY.contains(operation.action())));
        }
    }

    /** Whether it cuts batches that are longer than it has declared; else whoever delivers has to know. */
    protected boolean cuts() {
        return true;
    }

    private static boolean grows(Value value) {
        return value.text().startsWith("private");
    }

    private void carries(Case operation, int most, int rows, int more) {
        List<Write> writes =
                rows(operation, rows).stream().map(write -> longer(write, more)).toList();
        Talk talk = new Talk(operation.well());
        assertThat(talk.run(destination().deliver(batch(operation, writes))))
                .as("%s", operation)
                .hasSize(rows)
                .allMatch(outcome -> outcome instanceof Outcome.Accepted || outcome instanceof Outcome.Unchanged);
        Carried carried = new Carried(writes);
        Set<Integer> all = new HashSet<>();
        int requests = 0;
        for (Request request : talk.requests) {
            Set<Integer> some = carried.by(request);
            assertThat(some.size()).as("%s", operation).isLessThanOrEqualTo(most);
            longest(operation)
                    .ifPresent(bytes -> assertThat(
                                    (long) HttpRequest.of(request).body().length())
                            .as("%s", operation)
                            .isLessThanOrEqualTo(bytes));
            all.addAll(some);
            requests += some.isEmpty() ? 0 : 1;
        }
        assertThat(all).as("the rows sent: %s", operation).hasSize(rows);
        assertThat(requests).as("the requests: %s", operation).isGreaterThan(cuts() ? 1 : 0);
    }

    /** The row with its private values lengthened by so much. */
    private static Write longer(Write write, int more) {
        Map<String, Value> fields = new LinkedHashMap<>(write.fields());
        fields.replaceAll((name, value) ->
                more > 0 && grows(value) ? new Value.Text(value.text() + " ".repeat(more) + ".") : value);
        return new Write(
                write.ordinal(),
                write.kind(),
                write.targetKey(),
                write.remoteId(),
                fields,
                write.dedupeKey(),
                write.begun());
    }

    /** The longest body that its connector's file allows. */
    private OptionalLong longest(Case operation) {
        Optional<Strategy> own = spec(operation).map(OperationSpec::strategy);
        if (own.isEmpty()) {
            return OptionalLong.empty();
        }
        Strategy strategy = own.get();
        Stream<Strategy> all = strategy instanceof Strategy.Match match
                ? Stream.of(match.found(), match.absent())
                        .flatMap(next -> next instanceof Strategy.Next.Do follows ? Stream.of(follows.how()) : null)
                : Stream.of(strategy);
        return all.mapToLong(one -> one.batch().bytes())
                .filter(bytes -> bytes > 0)
                .max();
    }
}
