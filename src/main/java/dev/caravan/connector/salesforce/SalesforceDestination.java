package dev.caravan.connector.salesforce;

import dev.caravan.connector.salesforce.bulk.JobDelivery;
import dev.caravan.connector.salesforce.records.CollectionDelivery;
import dev.caravan.connector.salesforce.records.IdLookup;
import dev.caravan.connector.salesforce.records.InsertLookUp;
import dev.caravan.connector.salesforce.wire.Api;
import dev.caravan.connector.salesforce.wire.Item;
import dev.caravan.connector.salesforce.wire.Talk;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Capabilities;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Described;
import dev.caravan.destination.Destination;
import dev.caravan.destination.DestinationSpec;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Signal;
import dev.caravan.destination.Trace;
import dev.caravan.destination.job.RememberedJobs;
import dev.caravan.mapping.TargetField;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Salesforce. Small deltas go by sObject Collections, whose answers are in order; large ones by Bulk 2.0 jobs, whose results
 * are not. Every request is signed with the client's name, which change events repeat. Immutable and safe for many threads.
 */
public final class SalesforceDestination implements Destination {

    /** What can be done with every object. */
    public static final Set<Action> ACTIONS = Set.of(Action.UPSERT, Action.UPDATE, Action.INSERT, Action.DELETE);

    /** Requests of one job beside its polls: create, upload, close and three result files. */
    private static final int REQUESTS_A_JOB = 6;

    /** When Salesforce itself gives a call up, by its documentation; what it has not done by then it never does. */
    public static final Duration LONGEST_CALL = Duration.ofMinutes(10);

    private final SalesforceLimits limits;
    private final Api api;
    private final Describer describer;
    private final Duration zombieWindow;

    /** A destination whose lost requests are over when Salesforce gives a call up. */
    public SalesforceDestination(String apiVersion, String clientName, SalesforceLimits limits) {
        this(apiVersion, clientName, limits, LONGEST_CALL);
    }

    /** A destination that obeys duplicate rules. */
    public SalesforceDestination(String apiVersion, String clientName, SalesforceLimits limits, Duration zombieWindow) {
        this(apiVersion, clientName, limits, zombieWindow, DuplicateRules.OBEY);
    }

    /**
     * @param apiVersion such as {@code 66.0}
     * @param clientName what change events call us
     * @param zombieWindow how long a lost request may still land
     */
    public SalesforceDestination(
            String apiVersion,
            String clientName,
            SalesforceLimits limits,
            Duration zombieWindow,
            DuplicateRules duplicates) {
        this.limits = limits;
        this.zombieWindow = zombieWindow;
        this.api = new Api(apiVersion, clientName, limits.requestTimeout(), duplicates == DuplicateRules.BYPASS);
        this.describer = new Describer(api);
    }

    @Override
    public DestinationSpec spec() {
        return new DestinationSpec("salesforce", zombieWindow);
    }

    @Override
    public Capabilities capabilities(String object) {
        return Capabilities.all(
                        ACTIONS,
                        new Capabilities.Ability(
                                limits.batchRows(), limits.jobRows(), limits.jobFrom(), Optional.empty()))
                .rekeyingBy(Action.UPDATE);
    }

    @Override
    public Optional<String> account(Reply.Answer login) {
        return login instanceof HttpAnswer answer ? Account.of(answer) : Optional.empty();
    }

    @Override
    public Conversation<Described> describe(String object) {
        return describe(object, Set.of());
    }

    @Override
    public Conversation<Described> describe(String object, Set<String> fields) {
        return describer.describe(object, fields);
    }

    @Override
    public IdempotencyClass idempotency(Batch batch) {
        if (batch.job()) {
            return IdempotencyClass.D;
        }
        return switch (batch.action()) {
            case UPSERT, UPDATE, DELETE -> IdempotencyClass.A;
            case INSERT -> deduplicated(batch) ? IdempotencyClass.B : IdempotencyClass.E;
            case ARCHIVE, ADD, REMOVE, APPEND -> throw Api.impossible(batch.action());
        };
    }

    @Override
    public Conversation<List<Outcome>> deliver(Batch batch) {
        JobDelivery job = job(batch);
        Preparation ready = Preparation.of(batch, job, Set.of());
        return Talk.then(
                addressed(batch, ready.items()),
                found -> Talk.then(
                        batch.job()
                                ? job.deliver(found.items())
                                : new CollectionDelivery(api, batch).deliver(found.items()),
                        sent -> done(batch, ready, found.settled(), sent)));
    }

    @Override
    public Conversation<List<Outcome>> resume(Batch batch, String remoteJob) {
        JobDelivery job = job(batch);
        RememberedJobs jobs = RememberedJobs.of(remoteJob);
        Preparation ready = Preparation.of(batch, job, jobs.rows());
        return Talk.then(
                addressed(batch, ready.items()),
                found -> Talk.then(
                        job.resume(found.items(), jobs),
                        sent -> done(batch, ready, Preparation.inDoubt(found.settled()), sent)));
    }

    @Override
    public Optional<Conversation<List<Trace>>> lookUp(Trace.Question question) {
        return Optional.of(
                (question.login() instanceof HttpAnswer login ? Account.user(login) : Optional.<String>empty())
                        .map(user -> new InsertLookUp(api, question, user).ask())
                        .orElseGet(() -> new Conversation.Done<>(question.all(InsertLookUp.NOT_TOLD))));
    }

    @Override
    public Signal observe(Reply reply, Instant now) {
        return Signals.of(reply, now);
    }

    @Override
    public Optional<String> mismatch(TargetField field, ValueType type) {
        return TypeFit.mismatch(field, type);
    }

    @Override
    public Optional<String> misfit(TargetField field, Value value) {
        return ValueFit.misfit(field, value);
    }

    /** An estimate for jobs, whose polls nobody knows; for updates as if no record's id were known yet. */
    @Override
    public long requestsFor(Action action, boolean job, long writes) {
        long lookups = action == Action.UPDATE ? ceil(writes, limits.batchRows()) : 0;
        if (!job) {
            return lookups + ceil(writes, limits.batchRows());
        }
        long jobs = ceil(writes, limits.jobRows());
        long polls = jobs * 4 + ceil(writes, 10_000) * 2;
        return writes == 0 ? 0 : lookups + jobs * REQUESTS_A_JOB + polls;
    }

    @Override
    public Duration requestTimeout() {
        return limits.requestTimeout();
    }

    private JobDelivery job(Batch batch) {
        return new JobDelivery(api, batch, limits.jobBytes());
    }

    private Conversation<IdLookup.Found> addressed(Batch batch, List<Item> items) {
        return switch (batch.action()) {
            case UPSERT, INSERT -> new Conversation.Done<>(new IdLookup.Found(items, Map.of()));
            case UPDATE, DELETE -> new IdLookup(api, batch).find(items);
            case ARCHIVE, ADD, REMOVE, APPEND -> throw Api.impossible(batch.action());
        };
    }

    private static Conversation<List<Outcome>> done(
            Batch batch, Preparation ready, Map<Integer, Outcome> looked, Map<Integer, Outcome> sent) {
        Map<Integer, Outcome> outcomes = Item.merge(ready.settled(), Item.merge(looked, sent));
        return new Conversation.Done<>(Item.inOrder(batch.writes().size(), outcomes));
    }

    /** Whether a second insert of the same record would be answered as a duplicate. */
    private static boolean deduplicated(Batch batch) {
        return batch.schema().field(batch.keyField()).map(TargetField::unique).orElse(false);
    }

    private static long ceil(long rows, long each) {
        return (rows + each - 1) / each;
    }
}
