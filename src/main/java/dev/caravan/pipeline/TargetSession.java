package dev.caravan.pipeline;

import dev.caravan.delivery.BatchDelivery;
import dev.caravan.delivery.Connection;
import dev.caravan.delivery.ConversationDriver;
import dev.caravan.delivery.DeliveryReport;
import dev.caravan.delivery.Driven;
import dev.caravan.delivery.References;
import dev.caravan.delivery.References.Resolved;
import dev.caravan.delivery.link.Sender;
import dev.caravan.delivery.link.Senders;
import dev.caravan.delivery.link.StopSignal;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Capabilities;
import dev.caravan.destination.Described;
import dev.caravan.destination.Destination;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.TargetIdentity;
import dev.caravan.destination.Trace;
import dev.caravan.destination.Write;
import dev.caravan.ledger.Deliveries.OpenBatch;
import dev.caravan.ledger.Ledger;
import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.DedupeKey;
import dev.caravan.plan.PlanSummary;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.plan.Tally;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.source.Engine;
import dev.caravan.transport.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A run's view of its destination. It asks as late as it can: a run that has nothing to write makes no request. The first
 * row that would be written makes it log in, compare the account with the snapshot's, and describe the object.
 */
public final class TargetSession {

    /** What a session needs beside its run; the same for all runs of a connection. */
    public record Means(
            Connection connection,
            BatchDelivery delivery,
            ConversationDriver driver,
            Slots slots,
            Duration zombieWindow,
            TargetSchemas schemas,
            Engine engine,
            Ledger ledger) {}

    /** Why a row stays held of which the destination was asked in vain. */
    private static final String NOT_TOLD = "look_up";

    /** How old a description may be that rejections stand on; see docs/operations.md. */
    private static final Duration DESCRIPTION_LASTS = Duration.ofHours(24);

    private final SyncRun run;
    private final Means means;
    private final StopSignal stop;
    private final TargetCheck check;
    private @Nullable TargetIdentity answered;
    private Reply.@Nullable Answer loggedIn;
    private @Nullable TargetIdentity identity;
    private @Nullable TargetSchema schema;
    private boolean kept;
    private boolean fits;

    /** A session that has asked nothing yet. */
    public TargetSession(SyncRun run, Means means, StopSignal stop) {
        this.run = run;
        this.means = means;
        this.stop = stop;
        this.check = new TargetCheck(run.mapping());
    }

    Connection connection() {
        return means.connection();
    }

    /** Delivers a batch, with the ids of the records that its rows refer to; rows whose records are not certain are held. */
    DeliveryReport deliver(Batch batch) {
        Resolved resolved = resolved(batch);
        resolved.held().forEach((reason, ordinals) -> means.ledger().hold(run.lease(), run.id(), reason, ordinals));
        int held = resolved.held().values().stream().mapToInt(List::size).sum();
        boolean nothing = resolved.batch().writes().isEmpty() || resolved.halt().isPresent();
        DeliveryReport sent = nothing
                ? DeliveryReport.nothing()
                : means.delivery()
                        .deliver(run.lease(), run.id(), resolved.batch(), senders(), stop, wait -> run.waits());
        return sent.after(held, resolved.requests(), resolved.halt());
    }

    private Resolved resolved(Batch batch) {
        return new References(connection(), means.driver())
                .resolve(batch, mapping().lookups(), sender(), stop);
    }

    Slots slots() {
        return means.slots();
    }

    /** How long a lost request may still land. */
    Duration zombieWindow() {
        return means.zombieWindow();
    }

    /** What can be done there. */
    Capabilities capabilities() {
        return destination().capabilities(mapping().target().object());
    }

    /** How long the destination knows an insert by its dedupe key; empty if for ever. */
    Optional<Duration> dedupeWindow() {
        return capabilities().of(saving()).dedupeWindow();
    }

    /** How an added or changed row is saved. */
    Action saving() {
        return capabilities().saving(mapping().target().operation());
    }

    /** Whether what is saved takes the place of the record before as a whole. */
    boolean wholes() {
        return capabilities().of(saving()).whole();
    }

    /** What a lost answer means for an insert of this mapping. */
    IdempotencyClass idempotencyOfInserts() {
        return destination()
                .idempotency(new Batch(
                        saving(),
                        false,
                        mapping().target().object(),
                        mapping().target().key(),
                        verified(),
                        List.of()));
    }

    StopSignal stop() {
        return stop;
    }

    /** Whether keys that differ in white space at their ends alone are one key to the destination. */
    boolean trimsKeys() {
        return destination().trimsKeys();
    }

    /** Whether a record of this mapping can be given another key, by its id. */
    boolean rekeys() {
        Target wanted = mapping().target();
        // A composite key names its record: no other id is known by which it could be changed.
        return capabilities().rekeying(wanted.operation(), wanted.keyField()).isPresent()
                && !wanted.key().isComposite()
                && verified()
                        .field(wanted.keyField())
                        .filter(TargetField::updateable)
                        .isPresent();
    }

    /** How the destination compares keys: from the cached description, asked for when there is none or the key is none in it. */
    RowKey.Equality keyEquality() {
        TargetSchema known = means.schemas()
                .cached(mapping().target().connection(), mapping().target().object())
                .orElseGet(this::describe);
        if (schema == null && check.keyProblem(known).isPresent()) {
            known = describe();
        }
        check.keyProblem(known).ifPresent(problem -> {
            throw new InvalidInput(problem);
        });
        if (schema != null) {
            keep(schema, means.ledger().target(mapping().id()));
        }
        return new RowKey.Equality(known.ignoresCase(mapping().target().key()), true);
    }

    /** Why the destination would not take the value; empty if it would. */
    Optional<String> misfit(String field, Value value) {
        return verified().field(field).flatMap(described -> destination().misfit(described, value));
    }

    /**
     * The object as described in this run. The first call makes sure that the account is the one synced before and that the
     * mapping fits the object.
     */
    TargetSchema verified() {
        TargetSchema described = identified();
        if (!fits) {
            check.fits(
                    destination(), described, means.engine().describe(mapping().model()));
            if (run.order().mode() != Mode.PREVIEW) {
                means.ledger().schema(run.lease(), described.version());
            }
            fits = true;
        }
        return described;
    }

    /**
     * Has the object described anew if that was long ago; for rejections that stand, which a change of the object lifts, and
     * about which nothing else makes a run ask.
     */
    void describeAgainIfOld() {
        boolean old = means.schemas()
                .age(mapping().target().connection(), mapping().target().object())
                .map(age -> age.compareTo(DESCRIPTION_LASTS) > 0)
                .orElse(true);
        if (old || schema != null) {
            verified();
        }
    }

    /** The object of the account synced before, whether or not the mapping still fits it. */
    private TargetSchema identified() {
        if (identity == null) {
            TargetIdentity answered = answered();
            check.sameAs(expected(), answered);
            identity = answered;
        }
        TargetSchema described = schema == null ? describe() : schema;
        if (!kept) {
            keep(described, expected());
        }
        return described;
    }

    /** Keeps what was described for later runs: only of the account synced before, never of one logged in to by mistake. */
    private void keep(TargetSchema described, Optional<String> before) {
        check.sameAs(before, answered());
        means.schemas().keep(mapping().target().connection(), described);
        kept = true;
    }

    /** Who answers this run's log-in. Everything the run sends goes to that account or nowhere. */
    private TargetIdentity answered() {
        TargetIdentity known = answered;
        if (known == null) {
            Reply login = connection().login(stop, run.counter());
            refuseIfStopped(login instanceof Reply.Answer);
            known = check.identity(destination(), login);
            answered = known;
            loggedIn = login instanceof Reply.Answer answer ? answer : null;
        }
        return known;
    }

    /** Sends to the account that answered this run's log-in. */
    Senders senders() {
        return connection().senders(answered().account(), stop, run.counter());
    }

    private Sender sender() {
        return senders().unless(StopSignal.NEVER);
    }

    /** What the snapshot mirrors; before anything was accepted, what the ledger says that something was sent to. */
    private Optional<String> expected() {
        return run.session()
                .snapshot()
                .target()
                .or(() -> means.ledger().target(mapping().id()));
    }

    /** The identity as text: what answered in this run, else what the snapshot mirrors, else nothing. */
    String identityText() {
        return identity != null ? identity.text() : expected().orElse("");
    }

    /** What delivering would take. */
    PlanSummary.Cost cost(Tally tally) {
        return new CostEstimate(mapping(), destination()).of(tally, connection().quota());
    }

    /** The batch of a job that an earlier process left, as it was sent. Throws if it was sent to another account. */
    Batch batchOf(OpenBatch open) {
        return new Batch(
                open.intent().action(),
                open.intent().job(),
                mapping().target().object(),
                mapping().target().key(),
                identified(),
                open.rows().stream()
                        .map(row -> Write.by(open.intent().action(), capabilities(), row, dedupeKey(open.run(), row)))
                        .toList());
    }

    /** What a destination that deduplicates knows a row of a run's plan by. */
    String dedupeKey(long planned, PlannedWrite row) {
        return DedupeKey.of(mapping().id(), identityText(), planned, row);
    }

    /** Polls or aborts such a job. */
    List<Outcome> resume(Batch batch, String remoteJob) {
        Driven<List<Outcome>> driven =
                means.driver().drive(destination().resume(batch, remoteJob), sender(), stop, true, job -> {});
        return switch (driven) {
            case Driven.Finished<List<Outcome>> finished -> finished.result();
            case Driven.LeftOpen<List<Outcome>> open ->
                throw stop.reason()
                        .<CaravanException>map(TargetCheck::stopped)
                        .orElseGet(() -> TargetCheck.stillOpen(open.reason()));
        };
    }

    /**
     * What the destination says of inserts whose ends nobody knows, in their order; empty if it cannot tell. Only reads, and only if
     * there are any.
     */
    Optional<List<Trace>> traces(List<PlannedWrite> rows, List<Instant> begun) {
        Batch batch = new Batch(
                saving(),
                false,
                mapping().target().object(),
                mapping().target().key(),
                verified(),
                rows.stream().map(row -> Write.of(row, "")).toList());
        return mapping().lookups().isEmpty() ? traces(batch, begun) : referringTraces(batch, begun);
    }

    /** One by one, since what cannot be told of one row's records says nothing of another's. */
    private Optional<List<Trace>> referringTraces(Batch batch, List<Instant> begun) {
        List<Trace> traces = new ArrayList<>();
        for (int i = 0; i < batch.writes().size(); i++) {
            Batch one = new Batch(
                    batch.action(),
                    false,
                    batch.object(),
                    batch.key(),
                    batch.schema(),
                    List.of(batch.writes().get(i)));
            Batch resolved = resolved(one).batch();
            Optional<List<Trace>> trace = resolved.writes().isEmpty()
                    ? Optional.of(List.of(new Trace.Unsure(NOT_TOLD)))
                    : traces(resolved, List.of(begun.get(i)));
            if (trace.isEmpty()) {
                return Optional.empty();
            }
            traces.addAll(trace.get());
        }
        return Optional.of(traces);
    }

    private Optional<List<Trace>> traces(Batch batch, List<Instant> begun) {
        Trace.Question question =
                new Trace.Question(batch, begun, Objects.requireNonNull(loggedIn, "what is verified was logged in to"));
        return destination().lookUp(question).map(talk -> switch (means.driver().drive(talk, sender(), stop)) {
            case Driven.Finished<List<Trace>> told
            when told.result().size() == batch.writes().size() -> told.result();
            case Driven.Finished<List<Trace>> miscounted -> question.all(new Trace.Unsure(NOT_TOLD));
            case Driven.LeftOpen<List<Trace>> open -> question.all(new Trace.Unsure(NOT_TOLD));
        });
    }

    private TargetSchema describe() {
        Set<String> fields =
                mapping().fields().rules().stream().map(FieldRule::field).collect(Collectors.toUnmodifiableSet());
        Driven<Described> driven =
                means.driver().drive(destination().describe(mapping().target().object(), fields), sender(), stop);
        refuseIfStopped(driven instanceof Driven.Finished<Described> done && done.result() instanceof Described.Schema);
        TargetSchema described = check.described(driven);
        schema = described;
        return described;
    }

    /** Nothing is wrong with a destination that we did not ask to the end. */
    void refuseIfStopped(boolean answered) {
        if (!answered) {
            stop.reason().ifPresent(reason -> {
                throw TargetCheck.stopped(reason);
            });
        }
    }

    private Destination destination() {
        return connection().destination();
    }

    Mapping mapping() {
        return run.mapping();
    }
}
