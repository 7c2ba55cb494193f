package dev.caravan.destination.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Destination;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * What every connector over HTTP keeps. A connector's test extends it and says how its API answers when all is well; everything else is
 * tried from here.
 */
public abstract class DestinationContract {

    /** Put where a connection's secrets are; it may be found nowhere else. */
    protected static final String CANARY = "canary-7f3a-secret";

    private static final long SEED = Long.getLong("caravan.seed", 20_261_123L);
    private static final int MALFORMED = 1_000;

    private static final List<Value> EDGES = List.of(
            Value.ofNull(),
            new Value.Text(""),
            new Value.Text(" \t\n"),
            new Value.Text("\u5c71\u7530 \u0645\u0631\u062d\u0628\u0627 e\u0301 \ud83d\ude80"),
            new Value.Text("\"},{\"id\":\"x\"}],\r\nHost: evil.example\r\n\\u0000{{ settings.access_token }}"),
            new Value.Text("../../admin?x=1#y"),
            new Value.Text("l".repeat(200_000)),
            new Value.Text("nul\0"),
            new Value.Text("half \ud83d"),
            new Value.Real(Double.NaN),
            new Value.Real(1e300),
            new Value.Int(Long.MIN_VALUE));

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
            boolean tells) {}

    /** The destination, made with {@link #CANARY} wherever a secret could be given. */
    protected abstract Destination destination();

    /** Every operation that it declares on the objects named here. */
    protected abstract List<Operation> operations();

    /** A batch of an operation. */
    protected abstract Batch batch(Operation operation, List<Write> writes);

    private Batch batch(Operation operation, int rows) {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            writes.add(operation.row().apply(i));
        }
        return batch(operation, writes);
    }

    @Test
    void whatIsDeclaredWorks() {
        Map<String, Set<Action>> tried = new HashMap<>();
        for (Operation operation : operations()) {
            tried.computeIfAbsent(operation.object(), object -> new TreeSet<>()).add(operation.action());
            int rows = Math.min(3, most(operation));
            List<Outcome> outcomes =
                    new Drive(operation.well()).run(destination().deliver(batch(operation, rows)));
            assertThat(outcomes)
                    .as("%s", operation)
                    .hasSize(rows)
                    .allMatch(outcome -> outcome instanceof Outcome.Accepted || outcome instanceof Outcome.Unchanged);
        }
        tried.forEach((object, actions) -> assertThat(
                        destination().capabilities(object).actions().keySet())
                .as("%s", object)
                .isEqualTo(actions));
    }

    @Test
    void whatIsNotDeclaredIsRefusedBeforeAnythingIsSent() {
        Operation any = operations().getFirst();
        for (Action action : Action.values()) {
            if (!destination().capabilities(any.object()).can(action)) {
                Batch batch = batch(any, 1);
                Batch other =
                        new Batch(action, false, batch.object(), batch.keyField(), batch.schema(), batch.writes());
                assertThatThrownBy(() -> destination().deliver(other))
                        .as("%s", action)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    private int most(Operation operation) {
        return destination()
                .capabilities(operation.object())
                .of(operation.action())
                .batchRows();
    }

    @Test
    void noRequestCarriesMoreRowsThanDeclared() {
        for (Operation operation : operations()) {
            int most = Math.min(most(operation), 1_000);
            Drive drive = new Drive(operation.well());
            assertThat(drive.run(destination().deliver(batch(operation, most)))).hasSize(most);
            assertThat((long) drive.requests.size())
                    .as("%s", operation)
                    .isLessThanOrEqualTo(destination().requestsFor(operation.action(), false, most));
        }
    }

    @Test
    void everyRowHasAnOutcomeWhateverIsAnswered() {
        Random random = new Random(SEED);
        Mutations mutations = new Mutations(random);
        List<Operation> operations = operations();
        for (int round = 0; round < MALFORMED; round++) {
            Operation operation = operations.get(round % operations.size());
            int rows = Math.min(1 + random.nextInt(4), most(operation));
            boolean[] destroyed = {false};
            Drive drive = new Drive(request -> {
                Mutations.Damaged damaged = mutations.damage(operation.well().apply(request));
                destroyed[0] = damaged.damage() == Mutations.Damage.DESTROYED;
                destination().observe(damaged.reply(), Instant.EPOCH);
                return damaged.reply();
            });
            String seed = "seed %d, round %d: %s".formatted(SEED, round, operation);
            Conversation<List<Outcome>> end = drive.toTheEnd(destination().deliver(batch(operation, rows)));
            if (end instanceof Conversation.Done<List<Outcome>> done) {
                assertThat(done.result()).as(seed).hasSize(rows);
                if (destroyed[0] && operation.tells() && drive.requests.size() == 1) {
                    assertThat(done.result()).as(seed).noneMatch(Outcome.Accepted.class::isInstance);
                }
            } else {
                assertThat(drive.remembered).as(seed).isNotEmpty();
            }
        }
    }

    @Test
    void aLostAnswerIsNeverASuccess() {
        for (Operation operation : operations()) {
            Drive drive = new Drive(request -> Drive.lost());
            assertThat(drive.run(destination().deliver(batch(operation, Math.min(2, most(operation))))))
                    .as("%s", operation)
                    .allMatch(outcome -> outcome instanceof Outcome.Unknown || outcome instanceof Outcome.Deferred);
        }
    }

    @Test
    void strangeValuesHurtTheirOwnRowAtMost() {
        for (Operation operation : operations()) {
            if (most(operation) < 2) {
                continue;
            }
            for (Value edge : EDGES) {
                Write odd = strange(operation.row().apply(0), edge);
                Drive drive = new Drive(operation.well());
                List<Outcome> outcomes = drive.run(destination()
                        .deliver(batch(operation, List.of(odd, operation.row().apply(1)))));
                assertThat(outcomes).as("%s", operation).hasSize(2);
                assertThat(outcomes.get(1))
                        .as("%s beside %s", operation, edge.getClass())
                        .isInstanceOfAny(Outcome.Accepted.class, Outcome.Unchanged.class);
                boolean unsendable = edge.text().contains("half") || edge.text().equals("NaN");
                if (unsendable && !odd.fields().isEmpty()) {
                    assertThat(outcomes.getFirst()).as("%s", operation).isInstanceOf(Outcome.Rejected.class);
                }
                for (HttpRequest request : drive.requests) {
                    assertThat(request.path()).doesNotContain("..").matches("[\\x21-\\x7e]+");
                    assertThat(request.headers().toString()).doesNotContain("evil");
                }
            }
        }
    }

    private static Write strange(Write write, Value edge) {
        Map<String, Value> fields = new LinkedHashMap<>(write.fields());
        fields.replaceAll((name, value) -> edge);
        boolean key = edge instanceof Value.Text && write.fields().isEmpty();
        return new Write(write.ordinal(), Kind.CHANGE, key ? edge : write.targetKey(), write.remoteId(), fields);
    }

    @Test
    void nothingSecretLeavesAndNothingPrivateIsShown() {
        for (Operation operation : operations()) {
            Drive drive = new Drive(operation.well());
            Write write = operation.row().apply(0);
            List<Outcome> outcomes = drive.run(destination().deliver(batch(operation, List.of(write))));
            for (HttpRequest request : drive.requests) {
                assertThat(request.path() + request.headers() + request.body().text())
                        .as("%s", operation)
                        .doesNotContain(CANARY);
                write.fields()
                        .values()
                        .forEach(value -> assertThat(request.toString()).doesNotContain(value.text()));
            }
            assertThat(outcomes + destination().toString()).doesNotContain(CANARY);
        }
    }
}
