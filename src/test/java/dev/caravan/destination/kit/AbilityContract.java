package dev.caravan.destination.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.declared.Bed;
import dev.caravan.connector.declared.describe.Describer;
import dev.caravan.connector.declared.spec.ConfirmSpec;
import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.spec.DescribeSpec;
import dev.caravan.connector.declared.spec.JobSpec;
import dev.caravan.connector.declared.spec.NamePattern;
import dev.caravan.connector.declared.spec.ObjectSpec;
import dev.caravan.connector.declared.spec.OperationSpec;
import dev.caravan.connector.declared.spec.Strategy;
import dev.caravan.connector.declared.template.Known;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Capabilities;
import dev.caravan.destination.Capabilities.Ability;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Described;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a connector keeps that can do more than write rows: name records by their ids, ask after memberships, follow a job, take members out
 * under all that they were put in with. Who has such an ability says how the API answers then; who forgets to say so fails.
 */
public abstract class AbilityContract extends ConnectorContract {

    private static final Map<String, ConnectorSpec> FILES = new ConcurrentHashMap<>();

    /** How the API answers where the record whose id the row knows is gone, and takes everything else. */
    protected Reply gone(Case operation, Request request) {
        throw new AssertionError("how is it told of " + operation + " that a record is gone?");
    }

    /** How the API answers to the row's record under another key; the search of an API that has one finds nothing under that yet. */
    protected Reply moved(Case operation, Request request) {
        return operation.well().apply(request);
    }

    /** An answer to rows that says nothing of them, or to the question after them that these keys alone are as they should be. */
    protected Reply silent(Case operation, Request request, Predicate<String> so) {
        throw new AssertionError("how does " + operation + " tell who is a member?");
    }

    /** The ways of answering that a job has failed, in words that tell nothing of a row. */
    protected List<Function<Request, Reply>> failures(Case operation) {
        throw new AssertionError("how does a job fail: " + operation + "?");
    }

    /** A record that was renamed is written under its id; if that is gone, under its key; and else nobody says that it was written. */
    @Test
    void aRecordThatIsGoneIsNotTakenForWritten() {
        for (Case operation : cases()) {
            if (!ability(operation).rekeys().can(operation.keyField())) {
                continue;
            }
            Write row = renamed(operation);
            String id = Optional.ofNullable(row.remoteId()).orElseThrow();
            Talk there = new Talk(request -> moved(operation, request));
            assertThat(told(there, operation, row)).as("%s", operation).isInstanceOf(Outcome.Accepted.class);
            assertThat(there.requests).as("%s", operation).anyMatch(request -> names(request, id));

            Talk gone = new Talk(request -> gone(operation, request));
            Outcome made = told(gone, operation, row);
            boolean followed = gone.requests.stream().reduce((one, last) -> last).stream()
                    .anyMatch(last -> !names(last, id) && carries(row, last));
            assertThat(made instanceof Outcome.Accepted)
                    .as("%s: %s", operation, made)
                    .isEqualTo(followed);
            assertThat(made).as("%s", operation).isNotInstanceOf(Outcome.Unchanged.class);
            if (operation.action() == Action.UPSERT) {
                assertThat(followed).as("%s", operation).isTrue();
            }
            thenLost(operation, row, gone.requests.size());
        }
    }

    /** The same talk, whose last answer is lost. */
    private void thenLost(Case operation, Write row, int requests) {
        AtomicInteger asked = new AtomicInteger();
        Talk talk = new Talk(request ->
                asked.incrementAndGet() < requests ? gone(operation, request) : new Reply.Lost("timeout", 1));
        assertThat(told(talk, operation, row))
                .as("%s, whose last answer is lost", operation)
                .isInstanceOfAny(Outcome.Unknown.class, Outcome.Deferred.class);
    }

    private Outcome told(Talk talk, Case operation, Write row) {
        List<Outcome> outcomes = talk.run(destination().deliver(batch(operation, List.of(row))));
        assertThat(outcomes).as("%s", operation).hasSize(1);
        return outcomes.getFirst();
    }

    private static boolean names(Request request, String id) {
        return Stream.of(Wire.all(request).split("[^A-Za-z0-9]+")).anyMatch(id::equals);
    }

    private static boolean carries(Write row, Request request) {
        return !new Carried(List.of(row)).by(request).isEmpty();
    }

    /** A row with an id and another key than its record has. */
    private static Write renamed(Case operation) {
        Write row = operation.row().apply(0);
        Map<String, Value> fields = new LinkedHashMap<>(row.fields());
        fields.put(operation.keyField(), row.targetKey());
        String id = Optional.ofNullable(row.remoteId()).orElse("1000");
        return new Write(row.ordinal(), row.kind(), row.targetKey(), id, fields, row.dedupeKey(), row.begun());
    }

    @Test
    void membersAreConfirmedOneByOne() {
        for (Case operation : cases()) {
            if (spec(operation).flatMap(AbilityContract::confirm).isEmpty()) {
                continue;
            }
            List<Write> rows = IntStream.range(0, 3).mapToObj(operation.row()).toList();
            List<String> keys = rows.stream().map(row -> row.targetKey().text()).toList();
            for (Set<String> so : List.of(Set.<String>of(), Set.of(keys.get(1)), Set.copyOf(keys))) {
                Talk talk = new Talk(request -> silent(operation, request, so::contains));
                List<Outcome> outcomes = talk.run(destination().deliver(batch(operation, rows)));
                assertThat((long) talk.requests.size())
                        .as("requests of %s", operation)
                        .isLessThanOrEqualTo(destination().requestsFor(operation.action(), false, rows.size()));
                for (int i = 0; i < rows.size(); i++) {
                    assertThat(outcomes.get(i))
                            .as("%s, of which %s are so", operation, so)
                            .isInstanceOf(so.contains(keys.get(i)) ? Outcome.Unchanged.class : Outcome.Unknown.class);
                }
            }
        }
    }

    @Test
    void aJobThatFailedHasWrittenNothingForSure() {
        for (Case operation : cases()) {
            if (spec(operation)
                    .flatMap(AbilityContract::job)
                    .flatMap(job -> job.poll().failed())
                    .isEmpty()) {
                continue;
            }
            for (Function<Request, Reply> failure : failures(operation)) {
                for (int rows : List.of(1, 3)) {
                    Talk talk = new Talk(failure);
                    Conversation<List<Outcome>> end =
                            talk.toTheEnd(destination().deliver(inJob(operation, rows)));
                    assertThat(talk.remembered).as("%s", operation).isNotEmpty();
                    assertThat(end).as("%s", operation).isInstanceOf(Conversation.Done.class);
                    assertThat(talk.run(end))
                            .as("%s of %d rows", operation, rows)
                            .hasSize(rows)
                            .noneMatch(Outcome.Accepted.class::isInstance)
                            .noneMatch(Outcome.Unchanged.class::isInstance);
                }
            }
        }
    }

    private Batch inJob(Case operation, int rows) {
        Batch batch = batch(
                operation, IntStream.range(0, rows).mapToObj(operation.row()).toList());
        return new Batch(batch.action(), true, batch.object(), batch.key(), batch.schema(), batch.writes());
    }

    /** Whoever is known by several things would stay under what a removal does not name. */
    @Test
    void membersAreTakenOutUnderAllThatTheyAreKnownBy() {
        for (Case operation : cases()) {
            Capabilities can = destination().capabilities(operation.object());
            Set<String> known = can.of(Action.ADD).identifiers();
            boolean member = operation.action() == Action.ADD || operation.action() == Action.REMOVE;
            if (!member || known.isEmpty()) {
                continue;
            }
            assertThat(can.of(operation.action()).whole())
                    .as("%s is of wholes", operation)
                    .isTrue();
            Write row = knownBy(operation, known);
            Talk talk = new Talk(operation.well());
            assertThat(told(talk, operation, row)).as("%s", operation).isInstanceOf(Outcome.Accepted.class);
            String sent = String.join(
                    " ",
                    talk.requests.stream()
                            .map(HttpRequest::of)
                            .map(Carried::decoded)
                            .toList());
            row.fields()
                    .forEach((name, value) ->
                            assertThat(sent).as("%s of %s", name, operation).contains(value.text()));
            assertThat(sent).as("%s", operation).contains(row.targetKey().text());
        }
    }

    /** What a member may be known by, told from any other; looking like a hash where nobody says otherwise. */
    protected String knownBy(String field, int number) {
        return "%064x".formatted(0xa731_0000L + number);
    }

    /** A member with all that one can have. */
    private Write knownBy(Case operation, Set<String> known) {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (String name : known.stream().sorted().toList()) {
            if (!name.equals(operation.keyField())) {
                fields.put(name, new Value.Text(knownBy(name, fields.size())));
            }
        }
        Write row = operation.row().apply(0);
        return new Write(row.ordinal(), row.kind(), row.targetKey(), row.remoteId(), fields);
    }

    private Ability ability(Case operation) {
        return destination().capabilities(operation.object()).of(operation.action());
    }

    /** An object or an operation that nobody gives to this contract has kept nothing of it. */
    @Test
    void allThatItsFileDeclaresIsTried() {
        file().ifPresent(connector -> {
            Set<String> left = new TreeSet<>();
            connector
                    .objects()
                    .forEach(object -> object.names()
                            .forEach(name ->
                                    object.operations().keySet().forEach(action -> left.add(action + " of " + name))));
            cases().forEach(operation -> left.remove(operation.action() + " of "
                    + pattern(connector, operation.object()).orElseThrow()));
            assertThat(left)
                    .as("what the file of %s declares and this contract is not given", connector.name())
                    .isEmpty();
        });
    }

    /** Where an object's name is found in the file. */
    private static Optional<NamePattern> pattern(ConnectorSpec connector, String object) {
        return connector.objects().stream()
                .flatMap(one -> one.names().stream())
                .filter(name -> name.match(object).isPresent())
                .findFirst();
    }

    /** What the connector's file says, where it has one. */
    private Optional<ConnectorSpec> file() {
        String name = destination().spec().name();
        return Files.exists(Path.of("connectors", name, "connector.yaml"))
                ? Optional.of(FILES.computeIfAbsent(name, Bed::ownSpec))
                : Optional.empty();
    }

    /** As the file says; of an object that has to be asked for its keys, as the answer of {@link #description} does. */
    @Override
    protected TargetSchema described(Case operation) {
        Optional<ObjectSpec.Named> named =
                file().map(connector -> connector.object(operation.object()).orElseThrow());
        if (named.isEmpty()) {
            return new TargetSchema(operation.object(), List.of());
        }
        boolean asked = named.get().object().describe() instanceof DescribeSpec.Asked told
                && told.keys().isPresent();
        return asked
                ? ((Described.Schema) new Talk(request -> description(operation.object()))
                                .run(destination().describe(operation.object())))
                        .schema()
                : new Describer(file().orElseThrow(), Known.of(Map.of(), Map.of())).known(named.get());
    }

    /** The answer to who asks for the object's description. */
    protected Reply description(String object) {
        throw new AssertionError("nobody says how " + object + " is described");
    }

    @Override
    protected String kind(Case operation) {
        return file().map(connector -> connector
                        .object(operation.object())
                        .orElseThrow()
                        .object()
                        .names()
                        .toString())
                .orElse(operation.object());
    }

    /** What the connector's file says of the operation, where it has one. */
    protected final Optional<OperationSpec> spec(Case operation) {
        return file().flatMap(connector -> Optional.ofNullable(connector
                .object(operation.object())
                .orElseThrow()
                .object()
                .operations()
                .get(operation.action())));
    }

    private static Optional<ConfirmSpec> confirm(OperationSpec operation) {
        return operation.strategy() instanceof Strategy.Batch batch ? batch.confirm() : Optional.empty();
    }

    private static Optional<JobSpec> job(OperationSpec operation) {
        return operation.strategy() instanceof Strategy.Job job
                ? Optional.of(job.job())
                : operation.staged().map(staged -> staged.job().job());
    }
}
