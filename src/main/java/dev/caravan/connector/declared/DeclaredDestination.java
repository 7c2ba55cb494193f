package dev.caravan.connector.declared;

import dev.caravan.connector.declared.answer.Answered;
import dev.caravan.connector.declared.answer.Signals;
import dev.caravan.connector.declared.batch.BatchTalk;
import dev.caravan.connector.declared.batch.ByIdTalk;
import dev.caravan.connector.declared.describe.Describer;
import dev.caravan.connector.declared.describe.Exposed;
import dev.caravan.connector.declared.describe.Fits;
import dev.caravan.connector.declared.describe.Hashed;
import dev.caravan.connector.declared.job.JobTalk;
import dev.caravan.connector.declared.match.LookupTalk;
import dev.caravan.connector.declared.match.MatchTalk;
import dev.caravan.connector.declared.readback.ReadBack;
import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.render.Preparation;
import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.spec.LookupSpec;
import dev.caravan.connector.declared.spec.ObjectSpec;
import dev.caravan.connector.declared.spec.OperationSpec;
import dev.caravan.connector.declared.spec.SettingSpec;
import dev.caravan.connector.declared.spec.Strategy;
import dev.caravan.connector.declared.template.Known;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Capabilities;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Described;
import dev.caravan.destination.Destination;
import dev.caravan.destination.DestinationSpec;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Referent;
import dev.caravan.destination.Signal;
import dev.caravan.destination.Trace;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetKey;
import dev.caravan.normalise.Normaliser;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A destination that is spoken to as a connector.yaml says. Immutable and safe for many threads. It never sees a secret: those are the
 * transport's, which authenticates.
 */
public final class DeclaredDestination implements Destination {

    private final ConnectorSpec spec;
    private final Known known;
    private final Duration zombieWindow;
    private final int most;
    private final Describer describer;

    /**
     * @param settings of the connection; where one is missing its default counts, and one that is declared secret is left out
     * @param zombieWindow how long a lost request may still land
     * @param most how many rows may go together, at least one, whatever the connector takes
     */
    public DeclaredDestination(ConnectorSpec spec, Map<String, String> settings, Duration zombieWindow, int most) {
        Map<String, String> plain = plain(spec, settings);
        this.spec = spec.under(plain);
        this.zombieWindow = zombieWindow;
        this.most = most;
        this.known = Known.of(plain, this.spec.auth().unknownYet());
        this.describer = new Describer(this.spec, known);
    }

    /** The same with the connector's own zombie window. */
    public DeclaredDestination(ConnectorSpec spec, Map<String, String> settings) {
        this(spec, settings, spec.zombieWindow(), Integer.MAX_VALUE);
    }

    private static Map<String, String> plain(ConnectorSpec spec, Map<String, String> settings) {
        Map<String, String> plain = new LinkedHashMap<>();
        for (SettingSpec setting : spec.settings()) {
            Optional<String> value =
                    Optional.ofNullable(settings.get(setting.name())).or(setting::byDefault);
            if (!setting.secret()) {
                value.ifPresent(text -> plain.put(setting.name(), text));
            }
        }
        return plain;
    }

    @Override
    public DestinationSpec spec() {
        return new DestinationSpec(spec.name(), zombieWindow);
    }

    @Override
    public Capabilities capabilities(String object) {
        return spec.object(object)
                .map(named -> Abilities.of(named.object()).upTo(most))
                .orElse(Capabilities.NONE);
    }

    /** The transport has asked; its log-in's answer says {@code account}. */
    @Override
    public Optional<String> account(Reply.Answer login) {
        return login instanceof HttpAnswer answer
                ? Optional.of(Answered.of(answer, Map.of())
                                .subject()
                                .found()
                                .node()
                                .path("account")
                                .asText(""))
                        .filter(account -> !account.isBlank())
                : Optional.empty();
    }

    @Override
    public Conversation<Described> describe(String object) {
        return describer.describe(object);
    }

    @Override
    public IdempotencyClass idempotency(Batch batch) {
        OperationSpec operation = operation(batch);
        if (staged(operation, batch)
                .filter(job -> !JobTalk.beginsWhenMade(job.job()))
                .isPresent()) {
            return IdempotencyClass.D;
        }
        return batch.schema().unique(batch.key())
                ? operation.idempotency().whenKeyUnique()
                : operation.idempotency().otherwise();
    }

    private static Optional<Strategy.Job> staged(OperationSpec operation, Batch batch) {
        boolean always = operation.strategy() instanceof Strategy.Job;
        return always || batch.job() ? job(operation) : Optional.empty();
    }

    private static Optional<Strategy.Job> job(OperationSpec operation) {
        return operation.strategy() instanceof Strategy.Job job
                ? Optional.of(job)
                : operation.staged().map(OperationSpec.StagedSpec::job);
    }

    @Override
    public Conversation<List<Outcome>> deliver(Batch batch) {
        ObjectSpec.Named object = object(batch);
        Errand errand = errand(object, batch);
        OperationSpec operation = operation(object, batch);
        Preparation ready = Preparation.of(batch);
        return staged(operation, batch)
                .map(job -> new JobTalk(errand, job, ready.items()).deliver())
                .orElseGet(() -> deliver(errand, operation, ready.items()))
                .andThen(sent -> done(batch, ready, sent));
    }

    private static Conversation<List<Outcome>> done(Batch batch, Preparation ready, Map<Integer, Outcome> sent) {
        return new Conversation.Done<>(Item.inOrder(batch.writes().size(), Item.merge(ready.settled(), sent)));
    }

    private static Conversation<Map<Integer, Outcome>> deliver(
            Errand errand, OperationSpec operation, List<Item> items) {
        return switch (operation.strategy()) {
            case Strategy.Batch how ->
                operation
                        .byId()
                        .map(byId -> byId(errand, how, byId, items))
                        .orElseGet(() -> BatchTalk.send(errand, how, items));
            case Strategy.Match how -> MatchTalk.send(errand, how, operation.byId(), items);
            case Strategy.Job how -> new JobTalk(errand, how, items).deliver();
        };
    }

    /** Rows that get another key go first, by id. */
    private static Conversation<Map<Integer, Outcome>> byId(
            Errand errand, Strategy.Batch how, OperationSpec.ByIdSpec byId, List<Item> items) {
        List<Item> moving = items.stream().filter(errand::moves).toList();
        List<Item> staying = items.stream().filter(item -> !errand.moves(item)).toList();
        return ByIdTalk.send(
                errand,
                byId,
                moving,
                gone -> BatchTalk.send(
                        errand,
                        how,
                        Stream.concat(staying.stream(), gone.stream()).toList()));
    }

    @Override
    public Conversation<List<Outcome>> resume(Batch batch, String remoteJob) {
        Errand errand = errand(batch);
        Preparation ready = Preparation.of(batch);
        return job(operation(batch))
                .map(job -> new JobTalk(errand, job, ready.items()).resume(remoteJob))
                // The connector has been edited since: nobody can ask any more.
                .orElseGet(() -> new Conversation.Done<>(Item.all(ready.items(), new Outcome.Unknown("job_id"))))
                .andThen(sent -> done(batch, ready, sent));
    }

    /** Where the operation says how. */
    @Override
    public Optional<Conversation<List<Trace>>> lookUp(Trace.Question question) {
        Batch batch = question.batch();
        return spec.object(batch.object())
                .map(named -> named.object().operations().get(batch.action()))
                .flatMap(OperationSpec::readBack)
                .map(how -> new ReadBack(errand(batch), how, question).ask());
    }

    /** By the first look-up of the object that takes the field. */
    @Override
    public Optional<Conversation<List<Referent>>> identify(String object, String field, List<Value> values) {
        return spec.object(object)
                .flatMap(named -> named.object()
                        .lookup(field)
                        .map(how -> identify(
                                new Batch(
                                        Action.UPDATE,
                                        false,
                                        object,
                                        TargetKey.of(field),
                                        describer.known(named),
                                        List.of()),
                                how,
                                values)));
    }

    /** Spellings of one key are one question. */
    private Conversation<List<Referent>> identify(Batch about, LookupSpec how, List<Value> values) {
        RowKey.Equality equality = new RowKey.Equality(about.schema().ignoresCase(about.key()), true);
        Map<String, Integer> places = new HashMap<>();
        List<Write> asked = new ArrayList<>();
        for (Value value : values) {
            if (places.putIfAbsent(equality.fold(value.text()), asked.size()) == null) {
                asked.add(new Write(asked.size(), Kind.CHANGE, value, null, Map.of()));
            }
        }
        Batch batch = new Batch(about.action(), false, about.object(), about.key(), about.schema(), asked);
        return LookupTalk.ask(errand(batch), how, batch)
                .andThen(told -> new Conversation.Done<>(values.stream()
                        .map(value -> told.get(places.getOrDefault(equality.fold(value.text()), 0)))
                        .toList()));
    }

    @Override
    public Signal observe(Reply reply, Instant now) {
        return Signals.of(spec, reply, now);
    }

    @Override
    public Optional<String> mismatch(TargetField field, ValueType type) {
        return Fits.mismatch(field, type);
    }

    @Override
    public Optional<Normaliser> hashes(String object, String field) {
        return spec.object(object).map(named -> named.object().describe()).flatMap(about -> Hashed.of(about, field));
    }

    @Override
    public boolean exposes(String object, String field, boolean pii) {
        return spec.object(object)
                .filter(named -> Exposed.is(named.object().describe(), field, pii))
                .isPresent();
    }

    @Override
    public Optional<String> misfit(TargetField field, Value value) {
        return Fits.misfit(field, value);
    }

    /** An estimate: as if the object were the one that takes most, no row too long, and nobody knows how often a job is polled. */
    @Override
    public long requestsFor(Action action, boolean job, long writes) {
        return spec.objects().stream()
                .map(object -> object.operations().get(action))
                .filter(Objects::nonNull)
                .mapToLong(operation -> Abilities.requests(operation, job, writes))
                .max()
                .orElse(0);
    }

    @Override
    public Duration requestTimeout() {
        return spec.timeout();
    }

    private Errand errand(Batch batch) {
        return errand(object(batch), batch);
    }

    private Errand errand(ObjectSpec.Named object, Batch batch) {
        return new Errand(spec, known.about(object.name(), object.captures(), batch.key()), batch);
    }

    private OperationSpec operation(Batch batch) {
        return operation(object(batch), batch);
    }

    private static OperationSpec operation(ObjectSpec.Named object, Batch batch) {
        return Optional.ofNullable(object.object().operations().get(batch.action()))
                .orElseThrow(() -> impossible(batch));
    }

    private ObjectSpec.Named object(Batch batch) {
        return spec.object(batch.object()).orElseThrow(() -> impossible(batch));
    }

    private static IllegalArgumentException impossible(Batch batch) {
        return new IllegalArgumentException("not among the object's capabilities: " + batch.action());
    }

    /** Its name alone: settings may name an account. */
    @Override
    public String toString() {
        return "DeclaredDestination[" + spec.name() + "]";
    }
}
