package dev.caravan.simulation;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Capabilities;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Conversation.Done;
import dev.caravan.destination.Conversation.LeaveOpen;
import dev.caravan.destination.Conversation.Pause;
import dev.caravan.destination.Conversation.Remember;
import dev.caravan.destination.Conversation.Send;
import dev.caravan.destination.Described;
import dev.caravan.destination.Destination;
import dev.caravan.destination.DestinationSpec;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Signal;
import dev.caravan.destination.Signal.State;
import dev.caravan.destination.Trace;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** How {@link Server} is spoken to, for any of the classes. */
class ModelDestination implements Destination {

    static final Duration ZOMBIE_WINDOW = Duration.ofMinutes(10);
    static final Duration DEDUPE_WINDOW = Duration.ofHours(1);
    private static final Duration CLOCKS = Duration.ofMinutes(5);
    private static final int BATCH_ROWS = 3;
    private static final int JOB_ROWS = 8;
    private static final int POLLS = 12;

    protected final Wire wire;
    private final IdempotencyClass idempotency;

    ModelDestination(Wire wire, IdempotencyClass idempotency) {
        this.wire = wire;
        this.idempotency = idempotency;
    }

    @Override
    public DestinationSpec spec() {
        return new DestinationSpec("model", ZOMBIE_WINDOW);
    }

    @Override
    public Capabilities capabilities(String object) {
        Optional<Duration> window = idempotency == IdempotencyClass.B ? Optional.of(dedupeWindow()) : Optional.empty();
        return Capabilities.all(
                EnumSet.of(Action.UPSERT, Action.UPDATE, Action.INSERT, Action.DELETE),
                new Capabilities.Ability(BATCH_ROWS, JOB_ROWS, 1, window));
    }

    protected Duration dedupeWindow() {
        return DEDUPE_WINDOW;
    }

    @Override
    public Optional<String> account(Reply.Answer login) {
        return Optional.of(((HttpAnswer) login).body().text());
    }

    @Override
    public Conversation<Described> describe(String object) {
        TargetField key = field("Key", true);
        return new Send<>(
                Wire.read("describe", object),
                reply -> new Done<>(
                        reply instanceof HttpAnswer answer && answer.ok()
                                ? new Described.Schema(new TargetSchema(
                                        object, List.of(key, field("Value", false), field("Score", false))))
                                : new Described.Failed(
                                        dev.caravan.problem.Problem.of(
                                                dev.caravan.problem.Code.DESTINATION_UNREACHABLE, "no description", ""),
                                        true)));
    }

    private static TargetField field(String name, boolean key) {
        return new TargetField(
                name, TargetField.Kind.TEXT, 0, 0, 0, true, true, true, false, key, key, false, List.of());
    }

    @Override
    public IdempotencyClass idempotency(Batch batch) {
        return idempotency == IdempotencyClass.D && !batch.job() ? IdempotencyClass.A : idempotency;
    }

    @Override
    public Conversation<List<Outcome>> deliver(Batch batch) {
        return batch.job()
                ? created(batch)
                : new Send<>(wire.write("rows", batch, ""), reply -> new Done<>(outcomes(batch, reply)));
    }

    private Conversation<List<Outcome>> created(Batch batch) {
        return new Send<>(wire.write("create", batch, ""), reply -> {
            if (!(reply instanceof HttpAnswer answer)
                    || !answer.ok()
                    || answer.body().length() == 0) {
                return new Done<>(all(batch, new Outcome.Deferred("job_create", Optional.empty())));
            }
            String job = answer.body().text();
            return new Send<>(
                    wire.write("upload", batch, job),
                    uploaded -> uploaded instanceof HttpAnswer done && done.ok()
                            ? remembered(batch, job)
                            : new Send<>(
                                    Wire.same("abort", job),
                                    aborted -> new Done<>(
                                            all(batch, new Outcome.Deferred("job_upload", Optional.empty())))));
        });
    }

    protected Conversation<List<Outcome>> remembered(Batch batch, String job) {
        return new Remember<>(job, () -> closed(batch, job));
    }

    protected final Conversation<List<Outcome>> closed(Batch batch, String job) {
        return new Send<>(Wire.same("close", job), reply -> poll(batch, job, 1));
    }

    @Override
    public Conversation<List<Outcome>> resume(Batch batch, String remoteJob) {
        return poll(batch, remoteJob, 1);
    }

    /** Whether a job was closed is the server's to say: one that is open is aborted, and then it never ran. */
    private Conversation<List<Outcome>> poll(Batch batch, String job, int polls) {
        return new Send<>(Wire.read("status", job), reply -> {
            String state = reply instanceof HttpAnswer answer && answer.ok()
                    ? answer.body().text()
                    : "";
            Supplier<Conversation<List<Outcome>>> again = () -> poll(batch, job, polls + 1);
            return switch (state) {
                case "open" ->
                    new Send<>(
                            Wire.same("abort", job),
                            aborted -> polls < POLLS ? new Pause<>(Duration.ofSeconds(1), again) : leftOpen(batch));
                case "aborted" -> new Done<>(all(batch, new Outcome.Deferred("job_aborted", Optional.empty())));
                case "complete" -> results(batch, job, polls);
                default -> polls < POLLS ? new Pause<>(Duration.ofSeconds(5L * polls), again) : leftOpen(batch);
            };
        });
    }

    /** It goes on, or nobody says how it stands: a later run asks. */
    protected Conversation<List<Outcome>> leftOpen(Batch batch) {
        return new LeaveOpen<>("job_going_on");
    }

    private Conversation<List<Outcome>> results(Batch batch, String job, int polls) {
        return new Send<>(Wire.read("results", job), reply -> {
            if (!(reply instanceof HttpAnswer answer) || !answer.ok()) {
                return polls < POLLS
                        ? new Pause<>(Duration.ofSeconds(5), () -> results(batch, job, polls + 1))
                        : leftOpen(batch);
            }
            return new Done<>(joined(batch, answer.body().text().lines().toList()));
        });
    }

    /** Results come in any order and are joined by key. */
    protected List<Outcome> joined(Batch batch, List<String> lines) {
        Map<String, String> byKey = new HashMap<>();
        for (String line : lines) {
            int space = line.indexOf(' ');
            if (space > 0) {
                byKey.put(line.substring(0, space), line.substring(space + 1));
            }
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Write write : batch.writes()) {
            String told = byKey.get(write.targetKey().text());
            outcomes.add(told == null ? new Outcome.Unknown("no_result") : outcome(told));
        }
        return outcomes;
    }

    /** Appends without a key are looked up; a server may refuse that. */
    @Override
    public Optional<Conversation<List<Trace>>> lookUp(Trace.Question question) {
        if (idempotency != IdempotencyClass.E) {
            return Optional.empty();
        }
        List<String> keys = question.batch().writes().stream()
                .map(write -> write.targetKey().text())
                .toList();
        return Optional.of(
                keys.isEmpty()
                        ? new Done<>(List.of())
                        : new Send<>(
                                Wire.read("look", String.join(",", keys)),
                                reply -> new Done<>(traces(question, reply))));
    }

    /** A line for each record and before them their number: {@code key maker millis value}. */
    protected List<Trace> traces(Trace.Question question, Reply reply) {
        List<String> lines = reply instanceof HttpAnswer answer && answer.ok()
                ? answer.body().text().lines().toList()
                : List.of();
        if (lines.isEmpty()
                || !lines.getFirst().equals("" + (lines.size() - 1))
                || lines.stream().skip(1).anyMatch(line -> line.split(" ", -1).length != 4)) {
            return question.all(new Trace.Unsure("look_up"));
        }
        List<Trace> traces = new ArrayList<>();
        for (Write write : question.batch().writes()) {
            String start = write.targetKey().text() + " ";
            List<String> found =
                    lines.stream().filter(line -> line.startsWith(start)).toList();
            Instant earliest = question.begun().get(traces.size()).minus(CLOCKS);
            traces.add(
                    switch (found.size()) {
                        case 0 -> new Trace.Absent();
                        case 1 -> trace(found.getFirst().split(" ", -1), Server.value(write), earliest);
                        default -> new Trace.Unsure("found_several");
                    });
        }
        return traces;
    }

    protected Trace trace(String[] record, String sent, Instant earliest) {
        boolean ours = record[1].equals(Server.US)
                && !Instant.ofEpochMilli(Long.parseLong(record[2])).isBefore(earliest)
                && record[3].equals(sent);
        return ours ? new Trace.Arrived("id-" + record[0]) : new Trace.Unsure("found_foreign");
    }

    protected List<Outcome> outcomes(Batch batch, Reply reply) {
        return switch (reply) {
            case Reply.NotSent not -> all(batch, new Outcome.Deferred(not.reason(), not.notBefore()));
            case Reply.Lost lost -> all(batch, new Outcome.Unknown(lost.reason()));
            case HttpAnswer answer ->
                switch (answer.status()) {
                    case 200 -> answered(batch, answer.body().text().lines().toList());
                    case 400 -> all(batch, new Outcome.Rejected("BROKEN", null, "", ErrorClass.DATA, true));
                    case 401 -> all(batch, new Outcome.Deferred("auth", Optional.empty()));
                    case 403 -> all(batch, new Outcome.Deferred("quota", Optional.empty()));
                    case 429 -> all(batch, new Outcome.Deferred("busy", Optional.empty()));
                    default -> all(batch, new Outcome.Unknown("http_" + answer.status()));
                };
            case Reply.Answer foreign -> all(batch, new Outcome.Unknown("foreign"));
        };
    }

    /** In the order of the rows; of another number nothing can be told. */
    protected List<Outcome> answered(Batch batch, List<String> lines) {
        return lines.size() == batch.writes().size()
                ? lines.stream().map(ModelDestination::outcome).toList()
                : all(batch, new Outcome.Unknown("miscounted"));
    }

    protected static List<Outcome> all(Batch batch, Outcome outcome) {
        return batch.writes().stream().map(write -> outcome).toList();
    }

    protected static Outcome outcome(String line) {
        return switch (line) {
            case "created" -> new Outcome.Accepted(null, true);
            case "updated" -> new Outcome.Accepted(null, false);
            case "same" -> new Outcome.Unchanged(null);
            case "bad" -> new Outcome.Rejected("BAD", null, "", ErrorClass.DATA);
            case "conflict" -> new Outcome.Rejected("CONFLICT", null, "", ErrorClass.CONFLICT);
            case "locked" -> new Outcome.Rejected("LOCKED", null, "", ErrorClass.TRANSIENT);
            default -> new Outcome.Unknown("malformed");
        };
    }

    @Override
    public Signal observe(Reply reply, Instant now) {
        State state = switch (reply) {
            case Reply.NotSent not -> State.WELL;
            case Reply.Lost lost -> State.TROUBLED;
            case HttpAnswer answer ->
                switch (answer.status()) {
                    case 401 -> State.LOCKED_OUT;
                    case 403 -> State.EXHAUSTED;
                    case 429 -> State.BUSY;
                    case 500, 503 -> State.TROUBLED;
                    default -> State.WELL;
                };
            case Reply.Answer foreign -> State.TROUBLED;
        };
        Optional<Instant> notBefore = state == State.BUSY
                ? Optional.of(now.plusSeconds(2))
                : state == State.EXHAUSTED ? Optional.of(now.plus(Duration.ofMinutes(3))) : Optional.empty();
        return new Signal(state, notBefore, Optional.empty());
    }

    @Override
    public Optional<String> mismatch(TargetField field, ValueType type) {
        return Optional.empty();
    }

    @Override
    public Optional<String> misfit(TargetField field, Value value) {
        return Optional.empty();
    }

    @Override
    public long requestsFor(dev.caravan.destination.Action action, boolean job, long writes) {
        return 1;
    }

    @Override
    public Duration requestTimeout() {
        return Wire.TIMEOUT;
    }
}
