package dev.caravan.connector.declared;

import static dev.caravan.connector.declared.Bed.row;
import static dev.caravan.connector.declared.Bed.rows;
import static dev.caravan.connector.declared.Bed.words;
import static dev.caravan.destination.kit.Drive.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Capabilities.Ability;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Described;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.Drive;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Conversations of more than one request: searches before writes, staged jobs, batches that take several requests. */
class TalksTest {

    private static final DeclaredDestination PIPEDRIVE = Bed.other("pipedrive", Map.of("company", "acme"));
    private static final DeclaredDestination KLAVIYO = Bed.other("klaviyo", Map.of());

    private static final String STAGED = """
            objects:
              - names: [things]
                fields: [{name: k, key: true}]
                open: text
                operations:
                  upsert:
                    class: A
                    job:
                      batch: {rows: 1000}
                      create: {post: /jobs, body: {object: "{{ object }}"}, id: $.id}
                      upload: {put: "/jobs/{{ job.id }}", csv: {columns: [{name: k, value: "{{ row.key }}"}]}}
                      close: {patch: "/jobs/{{ job.id }}", body: {state: done}}
                      poll:
                        get: "/jobs/{{ job.id }}"
                        done: {at: $.state, is: complete}
                        failed: {at: $.state, is: [failed, aborted]}
                        failed_rest: not_applied
                        gone: {status: 404}
                      results:
                        - {get: "/jobs/{{ job.id }}/good", format: csv, join: key, ok: {rows: "$[*]", match: $.k, id: $.id}}
                        - {get: "/jobs/{{ job.id }}/bad", format: csv, join: key, fail: {rows: "$[*]", match: $.k, code: $.error}}
                      abort: {patch: "/jobs/{{ job.id }}", body: {state: aborted}}
            """;
    private static final DeclaredDestination JOBS = Bed.sample(STAGED);

    private static Batch persons(Action action, String... keys) {
        String fields = "{\"data\":[{\"key\":\"name\",\"field_type\":\"varchar\",\"edit_flag\":true}]}";
        Described described = Drive.script(answer(200, fields)).run(PIPEDRIVE.describe("persons"));
        TargetSchema schema = ((Described.Schema) described).schema();
        return new Batch(action, false, "persons", "email", schema, rows(keys));
    }

    private static String person(int id, String email) {
        return "{\"success\":true,\"data\":{\"items\":[{\"item\":{\"id\":" + id + ",\"emails\":[\"" + email
                + "\"]}}]}}";
    }

    @Test
    void whoIsFoundIsChangedAndWhoIsNotIsMade() {
        Drive found = Drive.script(
                answer(200, person(7, "A@x.example")), answer(200, "{\"success\":true,\"data\":{\"id\":7}}"));
        assertThat(words(found.run(PIPEDRIVE.deliver(persons(Action.UPSERT, "a@x.example")))))
                .containsExactly("accepted 7");
        assertThat(found.calls())
                .containsExactly(
                        "GET /v2/persons/search?term=a%40x.example&fields=email&exact_match=true",
                        "PATCH /v2/persons/7");

        Drive absent = Drive.script(
                answer(200, person(7, "other@x.example")), answer(201, "{\"success\":true,\"data\":{\"id\":8}}"));
        assertThat(words(absent.run(PIPEDRIVE.deliver(persons(Action.UPSERT, "a@x.example")))))
                .containsExactly("accepted 8 created");
        assertThat(absent.calls().getLast()).isEqualTo("POST /v2/persons");
    }

    @Test
    void severalWithOneKeyAreForAPerson() {
        String two = "{\"success\":true,\"data\":{\"items\":[{\"item\":{\"id\":1,\"emails\":[\"a\"]}},"
                + "{\"item\":{\"id\":2,\"emails\":[\"a\"]}}]}}";

        assertThat(words(Drive.script(answer(200, two)).run(PIPEDRIVE.deliver(persons(Action.UPSERT, "a")))))
                .containsExactly("rejected caravan.several conflict");
    }

    @Test
    void whatIsNotThereCannotBeChanged() {
        String none = "{\"success\":true,\"data\":{\"items\":[]}}";

        assertThat(words(Drive.script(answer(200, none)).run(PIPEDRIVE.deliver(persons(Action.UPDATE, "a")))))
                .containsExactly("rejected not_found data");
    }

    @Test
    void aSearchThatSaysNothingHasWrittenNothing() {
        assertThat(words(Drive.script(answer(502, "")).run(PIPEDRIVE.deliver(persons(Action.UPSERT, "a")))))
                .containsExactly("deferred search");
        assertThat(words(Drive.script(answer(200, "{\"success\":true"))
                        .run(PIPEDRIVE.deliver(persons(Action.UPSERT, "a")))))
                .containsExactly("deferred search");
        assertThat(words(Drive.script(Drive.lost()).run(PIPEDRIVE.deliver(persons(Action.UPSERT, "a")))))
                .containsExactly("deferred search");
    }

    private static Batch things(String... keys) {
        Batch batch = Bed.batch(JOBS, Action.UPSERT, "things", "k", rows(keys));
        return new Batch(batch.action(), true, batch.object(), batch.keyField(), batch.schema(), batch.writes());
    }

    private static Drive job(String state) {
        return new Drive(request -> switch (request.method() + " " + request.path()) {
            case "POST /jobs" -> answer(200, "{\"id\":\"j,1\"}");
            case "PUT /jobs/j%2C1" -> answer(201, "");
            case "PATCH /jobs/j%2C1" -> answer(200, "{}");
            case "GET /jobs/j%2C1" -> answer(200, "{\"state\":\"" + state + "\"}");
            case "GET /jobs/j%2C1/good" -> answer(200, "id,k\n9,b\n");
            case "GET /jobs/j%2C1/bad" -> answer(200, "error,k\nBAD,a\n");
            default -> throw new AssertionError(request.toString());
        });
    }

    @Test
    void aJobIsRememberedBeforeItIsFilledAndItsResultsAreJoined() {
        Drive drive = job("complete");

        assertThat(words(drive.run(JOBS.deliver(things("a", "b", "c")))))
                .containsExactly("rejected BAD policy", "accepted 9", "unknown unaccounted");
        assertThat(drive.bodies().get(1)).isEqualTo("k,name\na,Name of a\nb,Name of b\nc,Name of c\n");
        assertThat(drive.remembered).containsExactly("j%2C1:0-2", "!j%2C1:0-2");
        assertThat(JOBS.idempotency(things("a"))).isEqualTo(IdempotencyClass.D);
        assertThat(JOBS.capabilities("things").of(Action.UPSERT).jobRows()).isEqualTo(1000);
    }

    @Test
    void aJobThatIsTakenUpIsFollowedIfItRunsAndGivenUpIfNobodyKnows() {
        Drive runs = job("complete");
        assertThat(words(runs.run(JOBS.resume(things("a", "b"), "!j%2C1:0-1"))))
                .containsExactly("rejected BAD policy", "accepted 9");
        assertThat(runs.calls().getFirst()).isEqualTo("GET /jobs/j%2C1");

        AtomicBoolean aborted = new AtomicBoolean();
        Drive open = new Drive(request -> switch (request.method().name()
                + (request.path().endsWith("d") ? " result" : "")) {
            case "PATCH" -> {
                aborted.set(true);
                yield answer(200, "{}");
            }
            case "GET result" -> answer(200, "");
            default -> answer(200, "{\"state\":\"" + (aborted.get() ? "aborted" : "open") + "\"}");
        });
        assertThat(words(open.run(JOBS.resume(things("a"), "j%2C1:0")))).containsExactly("deferred others_refused");
        assertThat(aborted).isTrue();
        assertThat(words(job("x").run(JOBS.resume(things("a"), "")))).containsExactly("deferred job_never_made");
    }

    @Test
    void aJobHasTheRowsThatItWasMadeWithHoweverRowsAreCutToday() {
        DeclaredDestination ones = Bed.sample(STAGED.replace("rows: 1000", "rows: 1"));
        Batch batch = things("a", "b", "c", "d");

        assertThat(words(job("complete").run(ones.resume(batch, "!j%2C1:0-1.3"))))
                .as("results speak of a and b; of c no job is known, so that it was sent in none")
                .containsExactly("rejected BAD policy", "accepted 9", "deferred job_never_made", "unknown unaccounted");
    }

    @Test
    void aJobOfWhichNobodyKnowsTheRowsIsPolledToItsEnd() {
        DeclaredDestination ones = Bed.sample(STAGED.replace("rows: 1000", "rows: 1"));
        Batch batch = things("a", "b", "c", "d");
        for (String unclear :
                List.of("!j%2C1", "!j%2C1:", "!j%2C1:0-4", "!j%2C1:0-1,!j%2C1:1-3", "!j%2C1:x", "!j%2C1:3-0")) {
            assertThat(job("running").toTheEnd(ones.resume(batch, unclear)))
                    .as(unclear)
                    .isEqualTo(new Conversation.LeaveOpen<>("job_going_on"));
            assertThat(words(job("complete").run(ones.resume(batch, unclear))))
                    .as(unclear)
                    .containsOnly("unknown job_rows");
        }
    }

    @Test
    void whereAJobRunsFromItsCreationNobodyKnowsWhichRowsTheNextOneHadOnceTheyAreCutOtherwise() {
        Function<Integer, DeclaredDestination> cut = rows -> Bed.sample("""
                objects:
                  - names: [things]
                    fields: [{name: k, key: true}]
                    open: text
                    operations:
                      insert:
                        class: E
                        job:
                          batch: {rows: %d}
                          create: {post: /jobs, body: {each: rows, item: "{{ row.key }}"}, id: $.id}
                          poll: {get: "/jobs/{{ job.id }}", done: {status: 200}}
                          results: {join: key, ok: {rows: "$.ok[*]", match: $}}
                """.formatted(rows));
        Batch batch = Bed.batch(cut.apply(2), Action.INSERT, "things", "k", rows("a", "b", "c", "d", "e", "f"));
        Function<Integer, List<String>> taken =
                rows -> words(new Drive(request -> answer(200, "{\"ok\":[\"a\",\"b\"]}"))
                        .run(cut.apply(rows).resume(batch, "!j:0-1")));

        assertThat(taken.apply(2))
                .containsExactly(
                        "accepted null created",
                        "accepted null created",
                        "unknown job_without_id",
                        "unknown job_without_id",
                        "deferred job_never_made",
                        "deferred job_never_made");
        assertThat(taken.apply(3).subList(2, 6)).containsOnly("unknown job_without_id");
    }

    @Test
    void beforeItsStartNothingOfAJobIsApplied() {
        assertThat(words(Drive.script(Drive.lost()).run(JOBS.deliver(things("a")))))
                .containsExactly("deferred job_create");
        Drive uploadLost = Drive.script(answer(200, "{\"id\":\"1\"}"), Drive.lost(), answer(200, "{}"));
        assertThat(words(uploadLost.run(JOBS.deliver(things("a"))))).containsExactly("deferred job_upload");
        assertThat(uploadLost.calls()).containsExactly("POST /jobs", "PUT /jobs/1", "PATCH /jobs/1");
    }

    @Test
    void aJobThatGoesOnOrSaysNothingIsLeftOpen() {
        assertThat(job("running").toTheEnd(JOBS.deliver(things("a"))))
                .isEqualTo(new Conversation.LeaveOpen<>("job_going_on"));
        Drive mute = new Drive(
                request -> request.method().name().equals("GET") ? answer(500, "") : answer(200, "{\"id\":\"1\"}"));
        assertThat(mute.toTheEnd(JOBS.deliver(things("a")))).isEqualTo(new Conversation.LeaveOpen<>("job_state"));
        Drive gone = new Drive(
                request -> request.method().name().equals("GET") ? answer(404, "") : answer(200, "{\"id\":\"1\"}"));
        assertThat(words(gone.run(JOBS.deliver(things("a"))))).containsExactly("unknown job_gone");
    }

    @Test
    void aJobThatRunsFromItsCreationIsARequestThatMayHaveBeenApplied() {
        Batch batch = Bed.batch(KLAVIYO, Action.UPSERT, "profiles", "email", rows("a@x.example", "b@x.example"));
        Batch staged = new Batch(Action.UPSERT, true, "profiles", "email", batch.schema(), batch.writes());

        assertThat(KLAVIYO.idempotency(staged)).isEqualTo(IdempotencyClass.A);
        assertThat(words(Drive.script(Drive.lost()).run(KLAVIYO.deliver(staged))))
                .containsOnly("unknown timeout");
        Drive done = Drive.script(
                answer(202, "{\"data\":{\"id\":\"77\"}}"),
                answer(
                        200,
                        "{\"data\":{\"attributes\":{\"status\":\"complete\",\"completed_count\":1,\"failed_count\":1}}}"),
                answer(
                        200,
                        "{\"data\":[{\"attributes\":{\"code\":\"invalid\",\"detail\":\"no\",\"source\":{\"pointer\":"
                                + "\"/data/attributes/profiles/data/1/attributes/email\"}}}],\"links\":{\"next\":null}}"));
        assertThat(words(done.run(KLAVIYO.deliver(staged)))).containsExactly("accepted null", "rejected invalid data");
        assertThat(KLAVIYO.capabilities("profiles").of(Action.UPSERT))
                .isEqualTo(new Ability(1, 10_000, 500, Optional.empty()));
    }

    private static final String CUT = """
            objects:
              - names: [things]
                fields: [{name: k, key: true}]
                open: text
                operations:
                  upsert:
                    class: A
                    batch: {rows: 4, bytes: 2kB, row_bytes: 1kB, group_by: "{{ row.field.g? }}", distinct: "{{ row.field.d? }}"}
                    nulls: omit
                    request: {post: "/things/{{ batch.group | default: none }}", body: {each: rows, item: {k: "{{ row.key }}", v: "{{ row.field.v? }}"}}}
                    answers: {join: all}
            """;
    private static final DeclaredDestination CUTTING = Bed.sample(CUT);

    private static Drive cut(List<String> outcomes, Write... writes) {
        Drive drive = new Drive(request -> answer(200, "{}"));
        assertThat(words(drive.run(CUTTING.deliver(Bed.batch(CUTTING, Action.UPSERT, "things", "k", List.of(writes))))))
                .isEqualTo(outcomes);
        return drive;
    }

    @Test
    void aRowThatIsTooLongIsAloneInThat() {
        Drive drive = cut(
                List.of("accepted null", "rejected caravan.too_large data", "accepted null"),
                row(0, "a", null, Map.of("g", new Value.Text("x"))),
                row(1, "b", null, Map.of("g", new Value.Text("x"), "v", new Value.Text("v".repeat(3000)))),
                row(2, "c", null, Map.of("g", new Value.Text("x"))));
        assertThat(drive.bodies()).containsExactly("[{\"k\":\"a\"},{\"k\":\"c\"}]");
    }

    @Test
    void aBodyThatIsTooLongIsCutAndNoRowIsLost() {
        Write[] writes = new Write[8];
        for (int i = 0; i < writes.length; i++) {
            writes[i] = row(i, "k" + i, null, Map.of("g", new Value.Text("x"), "v", new Value.Text("v".repeat(600))));
        }
        Drive drive = cut(Collections.nCopies(8, "accepted null"), writes);
        assertThat(drive.requests)
                .hasSizeBetween(3, 4)
                .allMatch(request -> request.body().length() <= 2000);
        assertThat(String.join("", drive.bodies()).split("\"k\":", -1)).hasSize(9);
    }

    @Test
    void rowsGoWithTheirLikeAndApartFromTheirTwins() {
        Drive drive = cut(
                List.of("accepted null", "accepted null", "accepted null", "accepted null"),
                row(0, "a", null, Map.of("g", new Value.Text("x"), "d", new Value.Text("1"))),
                row(1, "b", null, Map.of("g", new Value.Text("y"), "d", new Value.Text("1"))),
                row(2, "c", null, Map.of("g", new Value.Text("x"), "d", new Value.Text("1"))),
                row(3, "e", null, Map.of("g", new Value.Text("x"), "d", new Value.Text("2"))));
        assertThat(drive.calls()).containsExactly("POST /things/x", "POST /things/y", "POST /things/x");
        assertThat(drive.bodies().getFirst()).isEqualTo("[{\"k\":\"a\"},{\"k\":\"e\"}]");
    }

    @Test
    void whatCannotBeSentBreaksNoOtherRow() {
        Drive drive = cut(
                List.of("rejected caravan.unsendable data", "accepted null", "rejected caravan.unsendable data"),
                row(0, "a\0", null, Map.of("g", new Value.Text("x"))),
                row(1, "b", null, Map.of("g", new Value.Text("x"))),
                row(2, "c", null, Map.of("g", new Value.Text(".."))));
        assertThat(drive.requests).hasSize(1);
    }
}
