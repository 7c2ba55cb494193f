package dev.caravan.connector.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.connector.declared.Recorded.Exchange;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Described;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Real answers of Intercom. */
class IntercomRecordedTest {

    private static final DeclaredDestination INTERCOM = Bed.own("intercom", Map.of());
    private static final DeclaredDestination RECORDED = Bed.other("intercom_recorded", Map.of());

    /** What is to be sent, and what is answered before. */
    private record Sending(DeclaredDestination destination, Batch batch, List<Reply> before) {}

    @Test
    void everyInputOfEveryWriteIsAskedAndAccountedFor() throws IOException {
        List<Exchange> all = Recorded.of("intercom");
        List<Exchange> dropped = new ArrayList<>();
        Map<String, Integer> outcomes = new TreeMap<>();
        for (Exchange exchange : all) {
            if (exchange.method().equals("GET") || exchange.path().endsWith("/search")) {
                dropped.add(exchange);
                continue;
            }
            Sending sending = sending(exchange);
            List<Reply> replies = new ArrayList<>(sending.before());
            replies.add(exchange.answer());
            int place = replies.size() - 1;
            replies.addAll(mending(exchange, all));
            Drive drive = Drive.script(replies.toArray(Reply[]::new));
            List<Outcome> told = drive.run(sending.destination().deliver(sending.batch()));
            same(exchange, drive.requests.get(place));
            assertThat(told).hasSize(1);
            String word = Bed.words(told).getFirst().replaceAll("[0-9a-f]{24}", "…");
            outcomes.merge(exchange.status() + " " + word, 1, Integer::sum);
        }
        Recorded.leftOut("intercom", dropped);
        assertThat(dropped).hasSize(159);
        assertThat(outcomes.values().stream().mapToInt(number -> number).sum()).isEqualTo(133);
        assertThat(outcomes)
                .isEqualTo(Map.of(
                        "200 accepted … created", 25,
                        "200 accepted …", 60,
                        "200 accepted null", 42,
                        "400 rejected bad_request data", 1,
                        "400 rejected client_error data", 1,
                        "409 accepted …", 1,
                        "409 rejected bad_request data", 1,
                        "409 unknown timeout", 1,
                        "500 unknown http_500", 1));
    }

    private static Sending sending(Exchange exchange) {
        String[] parts = exchange.path().split("/", -1);
        if (parts.length == 2) {
            return created(exchange);
        }
        String id = parts[2];
        String last = parts.length == 3 ? "" : parts[3];
        if (last.equals("tags")) {
            boolean add = exchange.method().equals("POST");
            String tag = add ? exchange.request().path("id").asText() : parts[4];
            Write write = Bed.row(0, id, null, Map.of());
            return own(add ? Action.ADD : Action.REMOVE, "tag_" + tag, "contact_id", write, List.of());
        }
        Write gone = Bed.row(0, "whoever", id, Map.of());
        return switch (last) {
            case "archive" -> own(Action.ARCHIVE, "contacts", "email", gone, List.of());
            case "unarchive" -> recorded(Action.UPDATE, "archived", gone);
            default ->
                exchange.method().equals("DELETE")
                        ? own(Action.DELETE, "contacts", "email", gone, List.of())
                        : changed(exchange, id);
        };
    }

    private static Sending created(Exchange exchange) {
        JsonNode body = exchange.request();
        String role = body.path("role").asText();
        boolean known = body.hasNonNull("external_id") && role.equals("user");
        String keyField = known ? "external_id" : "email";
        Write write = write(body, keyField, null, !role.equals("contact"));
        return role.equals("contact")
                ? recorded(Action.INSERT, "people", write)
                : own(Action.INSERT, role.equals("user") ? "contacts" : "leads", keyField, write, List.of());
    }

    private static Sending changed(Exchange exchange, String id) {
        JsonNode body = exchange.request();
        if (body.path("role").asText().equals("lead")) {
            return recorded(Action.UPDATE, "people", write(body, "email", id, false));
        }
        boolean user = exchange.response().path("role").asText().equals("user");
        String keyField = user && body.hasNonNull("external_id") ? "external_id" : "email";
        ObjectNode found = Recorded.JSON.createObjectNode();
        ObjectNode contact = found.putArray("data").addObject().put("id", id);
        contact.set(keyField, body.path(keyField));
        return own(
                Action.UPDATE,
                user ? "contacts" : "leads",
                keyField,
                write(body, keyField, null, true),
                List.of(Drive.answer(200, found.toString())));
    }

    private static Write write(JsonNode body, String keyField, String id, boolean withoutRole) {
        Map<String, Value> fields = new LinkedHashMap<>(Recorded.fields(body));
        fields.remove("custom_attributes");
        Recorded.fields(body.path("custom_attributes"))
                .forEach((name, value) -> fields.put("custom_attributes." + name, value));
        String key = fields.remove(keyField).text();
        if (withoutRole) {
            fields.remove("role");
        }
        return Bed.row(0, key, id, fields);
    }

    private static Sending own(Action action, String object, String keyField, Write write, List<Reply> before) {
        return new Sending(INTERCOM, batch(action, object, keyField, write), before);
    }

    private static Sending recorded(Action action, String object, Write write) {
        return new Sending(RECORDED, batch(action, object, "email", write), List.of());
    }

    private static Batch batch(Action action, String object, String keyField, Write write) {
        TargetSchema open = new TargetSchema(object, List.of(), Optional.of(Kind.OTHER));
        return new Batch(action, false, object, keyField, open, List.of(write));
    }

    /** What was answered later to the requests that bring back somebody archived. */
    private static List<Reply> mending(Exchange refused, List<Exchange> all) {
        if (refused.status() != 409) {
            return List.of();
        }
        String message = refused.response().at("/errors/0/message").asText();
        String contact = "/contacts/" + message.replaceAll(".*id=", "");
        List<Reply> replies = new ArrayList<>();
        List<Exchange> after = all.subList(all.indexOf(refused), all.size());
        for (String kind : List.of("POST " + contact + "/unarchive", "PUT " + contact)) {
            replies.add(after.stream()
                    .filter(one -> kind.equals(one.method() + " " + one.path()))
                    .<Reply>map(Exchange::answer)
                    .findFirst()
                    .orElseGet(Drive::lost));
        }
        return replies;
    }

    private static void same(Exchange exchange, HttpRequest sent) throws IOException {
        assertThat(sent.method() + " " + sent.path()).isEqualTo(exchange.method() + " " + exchange.path());
        if (!exchange.request().isObject()) {
            return;
        }
        ObjectNode asked = exchange.request().deepCopy();
        if (exchange.method().equals("POST")) {
            // Of somebody who is new, what is nothing is left out.
            asked.properties().removeIf(member -> member.getValue().isNull());
        }
        JsonNode body = Recorded.JSON.readTree(sent.body().bytes());
        assertThat(Recorded.within(asked, body)).as("%s in %s", asked, body).isTrue();
    }

    @Test
    void everyRecordedErrorIsKnown() {
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (Exchange exchange : Recorded.of("intercom")) {
            if (exchange.status() < 400) {
                continue;
            }
            statuses.merge(exchange.status(), 1, Integer::sum);
            Batch batch = batch(Action.UPSERT, "companies", "company_id", Bed.row(0, "1", null, Map.of()));
            Outcome outcome =
                    Drive.script(exchange.answer()).run(INTERCOM.deliver(batch)).getFirst();
            if (exchange.status() == 500) {
                assertThat(outcome).isEqualTo(new Outcome.Unknown("http_500"));
                continue;
            }
            ErrorClass wanted = switch (exchange.status()) {
                case 400 -> ErrorClass.DATA;
                case 404 -> ErrorClass.CONFIG;
                case 409 -> ErrorClass.CONFLICT;
                default -> throw new AssertionError("an error of a kind nobody thought of: " + exchange.status());
            };
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Rejected.class, no -> {
                assertThat(no.errorClass()).isEqualTo(wanted);
                assertThat(no.code())
                        .isEqualTo(exchange.response().at("/errors/0/code").asText());
            });
        }
        assertThat(statuses).isEqualTo(Map.of(400, 2, 404, 8, 409, 3, 500, 1));
    }

    @Test
    void theLimitOnEveryAnswerAndTheFieldsAreRead() {
        for (Exchange exchange : Recorded.of("intercom")) {
            JsonNode headers = exchange.json().path("responseHeaders");
            Instant reset =
                    Instant.ofEpochSecond(headers.at("/X-RateLimit-Reset/0").asLong());
            Signal signal = INTERCOM.observe(exchange.answer(), reset.minusSeconds(5));
            assertThat(signal.window()).hasValueSatisfying(window -> {
                assertThat(window.resets()).isEqualTo(reset);
                assertThat(window.remaining())
                        .isEqualTo(headers.at("/X-RateLimit-Remaining/0").asLong());
            });
            if (exchange.path().equals("/data_attributes")) {
                TargetSchema schema = ((Described.Schema)
                                Drive.script(exchange.answer()).run(INTERCOM.describe("contacts")))
                        .schema();
                assertThat(schema.field("custom_attributes.date_field")
                                .orElseThrow()
                                .kind())
                        .isEqualTo(Kind.INSTANT);
                assertThat(schema.field("created_at").orElseThrow().updateable())
                        .isFalse();
                assertThat(schema.field("external_id").orElseThrow().unique()).isTrue();
            }
        }
    }

    /** An insert whose answer was lost: what a search really answers proves that it arrived, but only with what was sent. */
    @Test
    void aLostInsertIsKnownAgain() {
        Exchange search = Recorded.of("intercom").stream()
                .filter(exchange ->
                        exchange.request().at("/query/field").asText().equals("external_id")
                                && exchange.response().path("data").size() == 1)
                .findFirst()
                .orElseThrow();
        JsonNode contact = search.response().at("/data/0");
        assertThat(trace(search, contact, contact.path("name").asText("")))
                .isEqualTo(new Trace.Arrived(contact.path("id").asText()));
        assertThat(trace(search, contact, "Somebody Else")).isInstanceOf(Trace.Unsure.class);
    }

    private static Trace trace(Exchange search, JsonNode contact, String name) {
        Write write = Bed.row(0, contact.path("external_id").asText(), null, Map.of("name", new Value.Text(name)));
        Instant begun = Instant.ofEpochSecond(contact.path("created_at").asLong() - 1);
        Batch batch = batch(Action.INSERT, "contacts", "external_id", write);
        return Drive.script(search.answer())
                .run(INTERCOM.lookUp(new Trace.Question(batch, List.of(begun), search.answer()))
                        .orElseThrow())
                .getFirst();
    }
}
