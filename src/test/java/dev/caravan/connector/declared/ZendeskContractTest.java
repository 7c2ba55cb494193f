package dev.caravan.connector.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Destination;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.DestinationContract;
import dev.caravan.destination.kit.Drive;
import dev.caravan.destination.kit.Mutations;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.HttpRequest.Method;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Zendesk keeps the contract of destinations. */
class ZendeskContractTest extends DestinationContract {

    private static final DeclaredDestination ZENDESK =
            Bed.own("zendesk", Map.of("api_base", "https://x.zendesk.com", "email", "a@b.c", "api_token", CANARY));

    @Override
    protected Destination destination() {
        return ZENDESK;
    }

    @Override
    protected List<Operation> operations() {
        return List.of(
                operation(Action.UPSERT, "users"),
                operation(Action.UPDATE, "users"),
                operation(Action.INSERT, "users"),
                operation(Action.DELETE, "users"),
                operation(Action.UPSERT, "users_one_by_one"),
                operation(Action.UPDATE, "users_one_by_one"),
                operation(Action.INSERT, "users_one_by_one"),
                operation(Action.DELETE, "users_one_by_one"),
                operation(Action.UPSERT, "organizations"),
                operation(Action.UPDATE, "organizations"),
                operation(Action.INSERT, "organizations"),
                operation(Action.DELETE, "organizations"));
    }

    private static Operation operation(Action action, String object) {
        boolean removes = action == Action.DELETE;
        return new Operation(
                action,
                object,
                "external_id",
                i -> Bed.row(
                        i,
                        "U-" + i,
                        Integer.toString(7000 + i),
                        removes ? Map.of() : Map.of("details", new Value.Text("private-" + i))),
                ZendeskContractTest::answer,
                !removes);
    }

    private static Reply answer(HttpRequest request) {
        String thing = request.path().contains("/organizations") ? "organization" : "user";
        if (request.method() == Method.GET) {
            String query = URLDecoder.decode(request.path(), StandardCharsets.UTF_8);
            String key = query.replaceAll(".*external_id[:=]\"?([^\"]*)\"?$", "$1");
            return Drive.answer(200, "{\"count\":1,\"%ss\":[{\"id\":9,\"external_id\":\"%s\"}]}".formatted(thing, key));
        }
        if (request.method() == Method.DELETE) {
            String id = request.path().replaceAll("[^0-9]*v2[^0-9]*([0-9]+)\\.json", "$1");
            return thing.equals("user")
                    ? Drive.answer(200, "{\"user\":{\"id\":%s,\"active\":false}}".formatted(id))
                    : Drive.answer(204, "");
        }
        String id = request.path().replaceAll(".*/([0-9]+)\\.json|.*", "$1");
        return Drive.answer(
                request.path().endsWith("s.json") ? 201 : 200,
                "{\"%s\":{\"id\":%s}}".formatted(thing, id.isEmpty() ? "7000" : id));
    }

    /** Found is nobody, yet. */
    @Override
    protected Reply moved(Case operation, Request request) {
        HttpRequest asked = HttpRequest.of(request);
        String things = asked.path().contains("/organizations") ? "organizations" : "users";
        return asked.method() == Method.GET
                ? Drive.answer(200, "{\"count\":0,\"%s\":[]}".formatted(things))
                : answer(asked);
    }

    @Override
    protected Reply gone(Case operation, Request request) {
        return HttpRequest.of(request).method() == Method.PUT
                ? Drive.answer(404, "{\"error\":\"RecordNotFound\",\"description\":\"Not found\"}")
                : moved(operation, request);
    }

    @Override
    protected List<Function<Request, Reply>> failures(Case operation) {
        return Stream.of("failed", "killed")
                .<Function<Request, Reply>>map(state -> request -> HttpRequest.of(request)
                                        .method()
                                == Method.POST
                        ? Drive.answer(200, "{\"job_status\":{\"id\":\"j1\",\"status\":\"queued\",\"results\":null}}")
                        : Drive.answer(
                                200,
                                "{\"job_status\":{\"id\":\"j1\",\"status\":\"%s\",\"results\":null}}".formatted(state)))
                .toList();
    }

    @Override
    protected Batch batch(Operation operation, List<Write> writes) {
        TargetSchema schema = new TargetSchema(operation.object(), List.of(), Optional.of(TargetField.Kind.TEXT));
        return new Batch(operation.action(), false, operation.object(), operation.keyField(), schema, writes);
    }

    private static Reply job(HttpRequest request) {
        return Drive.answer(200, request.method() == Method.POST ? """
            {"job_status": {"id": "j1", "status": "queued", "results": null}}\
            """ : """
                {"job_status": {"id": "j1", "status": "completed", "total": 3, "results": [
                  {"id": 7000, "status": "Created"}, {"id": 7001, "status": "Updated"},
                  {"id": 2, "error": "UserUpdateError", "details": "no", "status": "Failed"}]}}\
                """);
    }

    private Batch jobOfThree() {
        Operation upsert = operation(Action.UPSERT, "users");
        List<Write> rows = IntStream.range(0, 3).mapToObj(upsert.row()::apply).toList();
        Batch batch = batch(upsert, rows);
        return new Batch(batch.action(), true, batch.object(), batch.keyField(), batch.schema(), rows);
    }

    /** A result that is damaged is no other row's, and one that was refused is never accepted. */
    @Test
    void everyRowOfAJobHasAnOutcomeWhateverIsAnswered() {
        long seed = Long.getLong("caravan.seed", 20_261_123L);
        Mutations mutations = new Mutations(new Random(seed));
        for (int round = 0; round < 1_000; round++) {
            String place = "seed %d, round %d".formatted(seed, round);
            Drive drive = new Drive(request -> mutations.damage(job(request)).reply());
            Conversation<List<Outcome>> end = drive.toTheEnd(ZENDESK.deliver(jobOfThree()));
            if (end instanceof Conversation.Done<List<Outcome>> done) {
                assertThat(done.result()).as(place).hasSize(3);
            } else {
                assertThat(drive.remembered).as(place).isNotEmpty();
            }
        }
        assertThat(Bed.words(new Drive(ZendeskContractTest::job).run(ZENDESK.deliver(jobOfThree()))))
                .containsExactly("accepted 7000 created", "accepted 7001", "rejected UserUpdateError data");
    }
}
