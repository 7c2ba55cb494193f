package dev.caravan.connector.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.connector.declared.Recorded.Exchange;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Signal;
import dev.caravan.destination.Trace;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.Drive;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Real answers of Zendesk. */
class ZendeskRecordedTest {

    private static final DeclaredDestination ZENDESK = Bed.own("zendesk", Map.of("api_base", "https://x.zendesk.com"));
    private static final DeclaredDestination RECORDED = Bed.other("zendesk_recorded", Map.of());
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void everyInputOfEveryWriteIsAskedAndAccountedFor() throws IOException {
        List<Exchange> dropped = new ArrayList<>();
        Map<String, Integer> outcomes = new TreeMap<>();
        for (Exchange exchange : Recorded.of("zendesk")) {
            if (exchange.method().equals("GET")) {
                dropped.add(exchange);
                continue;
            }
            Outcome outcome = exchange.path().contains("/identities/") ? primary(exchange) : user(exchange);
            outcomes.merge(Bed.words(List.of(outcome)).getFirst().replaceAll("\\d{5,}", "…"), 1, Integer::sum);
            if (outcome instanceof Outcome.Accepted yes && exchange.response().has("user")) {
                assertThat(yes.remoteId())
                        .isEqualTo(exchange.response().at("/user/id").asText());
            }
        }
        Recorded.leftOut("zendesk", dropped);
        assertThat(dropped).hasSize(23);
        assertThat(outcomes)
                .isEqualTo(Map.of(
                        "accepted …",
                        19,
                        "accepted … created",
                        5,
                        "deferred transient",
                        1,
                        "rejected RecordInvalid data",
                        1));
    }

    private static Outcome user(Exchange exchange) throws IOException {
        return switch (exchange.method()) {
            case "POST" -> {
                boolean insert = exchange.path().equals("/api/v2/users.json");
                yield sent(exchange, insert ? Action.INSERT : Action.UPSERT, null, List.of());
            }
            case "PUT" -> {
                String id = exchange.segment(4);
                ObjectNode found = Recorded.JSON.createObjectNode().put("count", 1);
                ObjectNode user = found.putArray("users").addObject().put("id", id);
                user.put("external_id", key(exchange));
                yield sent(exchange, Action.UPDATE, null, List.of(Drive.answer(200, found.toString())));
            }
            default -> sent(exchange, Action.DELETE, exchange.segment(4), List.of());
        };
    }

    private static String key(Exchange exchange) {
        return exchange.request().at("/user/external_id").asText("whoever");
    }

    private static Outcome sent(Exchange exchange, Action action, String id, List<Reply> before) throws IOException {
        JsonNode user = exchange.request().path("user");
        Map<String, Value> fields = Recorded.fields(user);
        fields.remove("external_id");
        fields.remove("user_fields");
        fields.putAll(Recorded.fields(user.path("user_fields")));
        Write write = Bed.row(0, key(exchange), id, fields);
        TargetSchema open = new TargetSchema("users", List.of(), Optional.of(Kind.OTHER));
        List<Reply> replies = new ArrayList<>(before);
        replies.add(exchange.answer());
        Drive drive = Drive.script(replies.toArray(Reply[]::new));
        List<Outcome> outcomes =
                drive.run(ZENDESK.deliver(new Batch(action, false, "users", "external_id", open, List.of(write))));

        HttpRequest last = drive.requests.getLast();
        assertThat(last.method() + " " + last.path()).isEqualTo(exchange.method() + " " + exchange.path());
        if (!user.isMissingNode()) {
            JsonNode body = Recorded.JSON.readTree(last.body().bytes());
            assertThat(Recorded.within(exchange.request(), body))
                    .as("%s in %s", exchange.request(), body)
                    .isTrue();
        }
        assertThat(outcomes).hasSize(1);
        return outcomes.getFirst();
    }

    private static Outcome primary(Exchange exchange) {
        Write write = Bed.row(0, "whichever", exchange.segment(6), Map.of());
        Batch batch = Bed.batch(RECORDED, Action.UPDATE, "identities_" + exchange.segment(4), "value", List.of(write));
        Drive drive = Drive.script(exchange.answer());
        Outcome outcome = drive.run(RECORDED.deliver(batch)).getFirst();
        assertThat(drive.calls()).containsExactly("PUT " + exchange.path());
        return outcome;
    }

    @Test
    void everyRecordedErrorIsKnown() {
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (Exchange exchange : Recorded.of("zendesk")) {
            if (exchange.status() < 400) {
                continue;
            }
            statuses.merge(exchange.status(), 1, Integer::sum);
            Outcome outcome = Drive.script(exchange.answer())
                    .run(ZENDESK.deliver(batch()))
                    .getFirst();
            Signal signal = ZENDESK.observe(exchange.answer(), NOW);
            if (exchange.status() == 429) {
                assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
                assertThat(signal.state()).as("of this user alone").isEqualTo(Signal.State.WELL);
                assertThat(signal.notBefore()).hasValue(NOW.plusSeconds(27));
            } else {
                assertThat(outcome).isInstanceOfSatisfying(Outcome.Rejected.class, no -> {
                    assertThat(no.errorClass()).isEqualTo(ErrorClass.DATA);
                    assertThat(no.field()).isEqualTo("email");
                    assertThat(no.message()).contains("not properly formatted");
                });
                assertThat(signal.state()).isEqualTo(Signal.State.WELL);
            }
        }
        assertThat(statuses).isEqualTo(Map.of(422, 1, 429, 1));
    }

    private static Batch batch() {
        TargetSchema open = new TargetSchema("users", List.of(), Optional.of(Kind.TEXT));
        return new Batch(Action.UPSERT, false, "users", "external_id", open, Bed.rows("a"));
    }

    @Test
    void theFieldsThatWereRecordedAreRead() {
        Exchange fields = Recorded.of("zendesk").stream()
                .filter(exchange -> exchange.path().endsWith("/user_fields.json"))
                .findFirst()
                .orElseThrow();
        TargetSchema schema = ((dev.caravan.destination.Described.Schema)
                        Drive.script(fields.answer()).run(ZENDESK.describe("users")))
                .schema();
        assertThat(schema.field("date_field"))
                .hasValueSatisfying(field -> assertThat(field.kind()).isEqualTo(Kind.DATE));
        assertThat(schema.field("dropdown_field"))
                .hasValueSatisfying(field -> assertThat(field.values()).isNotEmpty());
        assertThat(schema.field("external_id"))
                .hasValueSatisfying(field -> assertThat(field.unique()).isTrue());
    }

    /** An insert whose answer was lost: what a search really answers proves that it arrived, but only with what was sent. */
    @Test
    void aLostInsertIsKnownAgain() {
        Exchange search = Recorded.of("zendesk").stream()
                .filter(exchange -> exchange.path().endsWith("/search.json")
                        && exchange.response().path("users").size() == 1)
                .findFirst()
                .orElseThrow();
        JsonNode user = search.response().at("/users/0");
        assertThat(trace(search, user, user.path("name").asText()))
                .isEqualTo(new Trace.Arrived(user.path("id").asText()));
        assertThat(trace(search, user, "Somebody Else")).isInstanceOf(Trace.Unsure.class);
    }

    private static Trace trace(Exchange search, JsonNode user, String name) {
        Write write = Bed.row(
                0,
                user.path("external_id").asText(),
                null,
                Map.of(
                        "name",
                        new Value.Text(name),
                        "email",
                        new Value.Text(user.path("email").asText())));
        TargetSchema open = new TargetSchema("users", List.of(), Optional.of(Kind.OTHER));
        Batch batch = new Batch(Action.INSERT, false, "users", "external_id", open, List.of(write));
        Instant begun = Instant.parse(user.path("created_at").asText()).minusSeconds(1);
        return Drive.script(search.answer())
                .run(ZENDESK.lookUp(new Trace.Question(batch, List.of(begun), search.answer()))
                        .orElseThrow())
                .getFirst();
    }
}
