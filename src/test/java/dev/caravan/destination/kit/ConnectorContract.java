package dev.caravan.destination.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Destination;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetKey;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.pipeline.KeyChecks;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.Value;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * What every connector keeps, whatever form its requests have. Who extends it says how the destination answers when all is well, or asks a
 * real one; everything else is tried from here.
 */
public abstract class ConnectorContract {

    /** What the values of rows begin with; they are in no log and no description. */
    protected static final String PRIVATE = "private-";

    /** Put where a connection's secrets are; it may be found nowhere else. */
    protected static final String CANARY = "canary-7f3a-secret";

    /** A field that is no part of any key, where an object has but its key. */
    private static final String FURTHER = "further";

    private static final long SEED = Long.getLong("caravan.seed", 20_261_123L);
    private static final int MALFORMED = 1_000;
    private static final int MALFORMED_EACH = 50;

    /** What a warehouse cell may hold. */
    protected static final List<Value> EDGES = List.of(
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
            new Value.Int(Long.MIN_VALUE),
            new Value.Json("{\"a\":[1,null,\"é\"]}"),
            new Value.Binary("AP8n"));

    /**
     * One operation on one object.
     *
     * @param row a row of this number, with an id where the operation needs one
     * @param well how the destination answers when it takes every row of a request
     * @param tells whether an answer to rows has content, so that without it nothing was said
     */
    public record Case(
            Action action,
            String object,
            String keyField,
            IntFunction<Write> row,
            Function<Request, Reply> well,
            boolean tells) {

        /** The fields of its key, which are written as a mapping's identity has them: {@code a+b}. */
        public TargetKey key() {
            return new TargetKey(List.of(keyField.split("\\+")));
        }

        @Override
        public String toString() {
            return action + " of " + object + (key().isComposite() ? " by " + keyField : "");
        }
    }

    /** The destination, made with {@link #CANARY} wherever a secret could be given. */
    protected abstract Destination destination();

    /** Every operation that it declares on the objects named here. */
    protected abstract List<Case> cases();

    /** A batch of an operation. */
    protected abstract Batch batch(Case operation, List<Write> writes);

    /** The object of an operation as the destination describes it, as far as its connector knows without an account. */
    protected abstract TargetSchema described(Case operation);

    /** What objects are called together that are spoken to alike. */
    protected String kind(Case operation) {
        return operation.object();
    }

    /** Makes the destination such that so many rows, from number 0 on, can be delivered. */
    protected void ready(Case operation, int rows) {}

    /** Good answers for a thousand requests; where {@code well} asks a real destination, those it gave before. */
    protected Function<Request, Reply> recalled(Case operation) {
        return operation.well();
    }

    /** Whether a value could arrive as what it is; if not its row has to be refused. */
    protected boolean sendable(Value edge) {
        return !edge.text().contains("half") && !edge.text().equals("NaN");
    }

    /** The loggers that are listened to in detail, beside all that is logged at warning level. */
    protected List<String> talkative() {
        return List.of("dev.caravan.connector", "dev.caravan.transport");
    }

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Map<Logger, @Nullable Level> levels = new HashMap<>();

    @BeforeEach
    final void listen() {
        log.start();
        logger(Logger.ROOT_LOGGER_NAME).addAppender(log);
        for (String name : talkative()) {
            Logger logger = logger(name);
            levels.put(logger, logger.getLevel());
            logger.setLevel(Level.DEBUG);
            logger.setAdditive(false);
            logger.addAppender(log);
        }
    }

    @AfterEach
    final void nothingPrivateWasLogged() {
        logger(Logger.ROOT_LOGGER_NAME).detachAppender(log);
        levels.forEach((logger, level) -> {
            logger.detachAppender(log);
            logger.setAdditive(true);
            logger.setLevel(level);
        });
        for (ILoggingEvent event : List.copyOf(log.list)) {
            String thrown =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            assertThat(event.getFormattedMessage() + thrown).doesNotContain(CANARY, PRIVATE);
        }
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    private Batch batch(Case operation, int rows) {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            writes.add(operation.row().apply(i));
        }
        return batch(operation, writes);
    }

    @Test
    void whatIsDeclaredWorks() {
        Map<String, Set<Action>> tried = new HashMap<>();
        for (Case operation : cases()) {
            tried.computeIfAbsent(operation.object(), object -> new TreeSet<>()).add(operation.action());
            int rows = Math.min(3, most(operation));
            ready(operation, rows);
            List<Outcome> outcomes =
                    new Talk(operation.well()).run(destination().deliver(batch(operation, rows)));
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

    /** Where a key may have several fields, one is among the cases; where none may, or not these, a run refuses it. */
    @Test
    void keysOfSeveralFieldsAreTriedWhereTheyAreTakenAndElseRefused() {
        Set<String> taken = new TreeSet<>();
        Set<String> tried = new TreeSet<>();
        for (Case operation : cases()) {
            TargetSchema schema = described(operation);
            List<String> more = new ArrayList<>(operation.key().fields());
            more.add(schema.fields().stream()
                    .map(TargetField::name)
                    .filter(name -> !more.contains(name))
                    .findFirst()
                    .orElse(FURTHER));
            assertThat(KeyChecks.refusal(schema, new TargetKey(more)).isPresent())
                    .as("%s by %s", operation, more)
                    .isEqualTo(!schema.anyKey());
            if (schema.anyKey() || !schema.keys().isEmpty()) {
                taken.add(kind(operation));
            }
            if (operation.key().isComposite()) {
                assertThat(KeyChecks.refusal(schema, operation.key()))
                        .as("%s by %s", operation, operation.keyField())
                        .isEmpty();
                tried.add(kind(operation));
            }
        }
        assertThat(tried).isEqualTo(taken);
    }

    @Test
    void whatIsNotDeclaredIsRefusedBeforeAnythingIsSent() {
        Case any = cases().getFirst();
        for (Action action : Action.values()) {
            if (!destination().capabilities(any.object()).can(action)) {
                Batch batch = batch(any, 1);
                Batch other =
                        new Batch(action, false, batch.object(), batch.keyField(), batch.schema(), batch.writes());
                assertThatThrownBy(() -> destination().deliver(other))
                        .as("%s", action)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(action.name());
            }
        }
    }

    /** The most rows of a batch. */
    protected final int most(Case operation) {
        return destination()
                .capabilities(operation.object())
                .of(operation.action())
                .batchRows();
    }

    @Test
    void aBatchCostsNoMoreRequestsThanItIsCountedFor() {
        for (Case operation : cases()) {
            int most = Math.min(most(operation), 1_000);
            ready(operation, most);
            Talk drive = new Talk(operation.well());
            assertThat(drive.run(destination().deliver(batch(operation, most)))).hasSize(most);
            assertThat((long) drive.requests.size())
                    .as("%s", operation)
                    .isLessThanOrEqualTo(destination().requestsFor(operation.action(), false, most));
        }
    }

    /** Every answer of a talk is damaged, or one of the first three alone. */
    @Test
    void everyRowHasAnOutcomeWhateverIsAnswered() {
        Random random = new Random(SEED);
        Mutations mutations = new Mutations(random);
        List<Case> operations = cases();
        for (int round = 0; round < Math.max(MALFORMED, MALFORMED_EACH * operations.size()); round++) {
            Case operation = operations.get(round % operations.size());
            int rows = Math.min(1 + random.nextInt(4), most(operation));
            int one = random.nextInt(6);
            List<Mutations.Damaged> answers = new ArrayList<>();
            Talk drive = new Talk(request -> {
                Reply good = recalled(operation).apply(request);
                boolean spared = one < 3 && one != answers.size();
                answers.add(spared ? Mutations.none(good) : mutations.damage(good));
                destination().observe(answers.getLast().reply(), Instant.EPOCH);
                return answers.getLast().reply();
            });
            String seed = "seed %d, round %d: %s".formatted(SEED, round, operation);
            Batch batch = batch(operation, rows);
            Conversation<List<Outcome>> end = drive.toTheEnd(destination().deliver(batch));
            if (end instanceof Conversation.Done<List<Outcome>> done) {
                assertThat(done.result()).as(seed).hasSize(rows);
                new TooGood(operation, batch.writes(), drive, answers).judge(done.result(), seed);
                if (drive.requests.size() == 1) {
                    Again.judge(drive.requests.getFirst(), answers.getLast().reply(), done.result(), seed);
                }
            } else {
                assertThat(drive.remembered).as(seed).isNotEmpty();
            }
        }
    }

    @Test
    void aLostAnswerIsNeverASuccess() {
        for (Case operation : cases()) {
            Talk drive = new Talk(request -> new Reply.Lost("timeout", 1));
            assertThat(drive.run(destination().deliver(batch(operation, Math.min(2, most(operation))))))
                    .as("%s", operation)
                    .allMatch(outcome -> outcome instanceof Outcome.Unknown || outcome instanceof Outcome.Deferred);
        }
    }

    @Test
    void strangeValuesHurtTheirOwnRowAtMost() {
        for (Case operation : cases()) {
            if (most(operation) < 2) {
                continue;
            }
            for (Value edge : EDGES) {
                Write odd = strange(operation.row().apply(0), edge);
                Talk drive = new Talk(recalled(operation));
                List<Outcome> outcomes = drive.run(destination()
                        .deliver(batch(operation, List.of(odd, operation.row().apply(1)))));
                assertThat(outcomes).as("%s", operation).hasSize(2);
                assertThat(outcomes.get(1))
                        .as("%s beside %s", operation, edge.getClass())
                        .isInstanceOfAny(Outcome.Accepted.class, Outcome.Unchanged.class);
                if (!sendable(edge) && !odd.fields().isEmpty()) {
                    assertThat(outcomes.getFirst()).as("%s", operation).isInstanceOf(Outcome.Rejected.class);
                }
                drive.requests.forEach(request -> Wire.staysWhereItBelongs(request, "evil"));
            }
        }
    }

    /** The row with this value in all its fields; where it has none, as its key, or as the first of those that are its key together. */
    protected static Write strange(Write write, Value edge) {
        Map<String, Value> fields = new LinkedHashMap<>(write.fields());
        fields.replaceAll((name, value) -> edge);
        boolean key = edge instanceof Value.Text && write.fields().isEmpty();
        return new Write(
                write.ordinal(),
                Kind.CHANGE,
                key ? keyWith(write.targetKey(), edge) : write.targetKey(),
                write.remoteId(),
                fields,
                write.dedupeKey(),
                write.begun());
    }

    private static Value keyWith(Value key, Value edge) {
        return key instanceof Value.Tuple(List<Value> parts)
                ? new Value.Tuple(
                        Stream.concat(Stream.of(edge), parts.stream().skip(1)).toList())
                : edge;
    }

    @Test
    void nothingSecretLeavesAndNothingPrivateIsShown() {
        for (Case operation : cases()) {
            ready(operation, 1);
            Talk drive = new Talk(operation.well());
            Write write = operation.row().apply(0);
            List<Outcome> outcomes = drive.run(destination().deliver(batch(operation, List.of(write))));
            for (Request request : drive.requests) {
                assertThat(Wire.all(request)).as("%s", operation).doesNotContain(CANARY);
                String shown = URLDecoder.decode(request.toString(), StandardCharsets.UTF_8);
                assertThat(shown)
                        .as("%s", operation)
                        .doesNotContain(write.targetKey().text());
                write.fields()
                        .values()
                        .forEach(value -> assertThat(shown).as("%s", operation).doesNotContain(value.text()));
            }
            assertThat(outcomes + destination().toString()).doesNotContain(CANARY);
        }
    }
}
