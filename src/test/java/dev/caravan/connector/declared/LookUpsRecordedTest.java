package dev.caravan.connector.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Referent;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Look-ups as real accounts answered them: every recorded search by a field is made in the same words, and read as whoever was found. */
class LookUpsRecordedTest {

    @Test
    void leadsOfMarketo() {
        DeclaredDestination marketo = Bed.own("marketo", Map.of("api_base", "https://123-ABC-456.mktorest.com"));
        List<Recorded.Exchange> searches = Recorded.of("marketo").stream()
                .filter(exchange -> exchange.method().equals("GET")
                        && exchange.path().equals("/rest/v1/leads.json")
                        && exchange.json()
                                .path("query")
                                .path("filterType")
                                .asText()
                                .equals("email"))
                .toList();
        assertThat(searches).hasSizeGreaterThan(40);
        int several = 0;
        for (Recorded.Exchange search : searches) {
            String values = search.json().path("query").path("filterValues").asText();
            List<String> keys =
                    List.of(URLDecoder.decode(values, StandardCharsets.UTF_8).split(",", -1));
            several += keys.size() > 1 ? 1 : 0;
            check(
                    marketo.identify("leads", "email", texts(keys)).orElseThrow(),
                    "/rest/v1/leads.json?filterType=email&filterValues=" + values + "&fields=id%2Cemail",
                    search,
                    keys,
                    "email",
                    "result");
        }
        assertThat(several).as("that asked for more than one").isGreaterThan(3);
    }

    @Test
    void usersOfZendesk() {
        DeclaredDestination zendesk =
                Bed.own("zendesk", Map.of("api_base", "https://acme.zendesk.com", "email", "a@example.com"));
        List<Recorded.Exchange> searches = Recorded.of("zendesk").stream()
                .filter(exchange -> exchange.path().equals("/api/v2/users/search.json")
                        && exchange.json().path("query").has("external_id"))
                .toList();
        assertThat(searches).hasSizeGreaterThan(10);
        for (Recorded.Exchange search : searches) {
            String key = search.json().path("query").path("external_id").asText();
            check(
                    zendesk.identify("users", "external_id", texts(List.of(key)))
                            .orElseThrow(),
                    "/api/v2/users/search.json?external_id=" + key,
                    search,
                    List.of(key),
                    "external_id",
                    "users");
        }
    }

    private static void check(
            Conversation<List<Referent>> talk,
            String request,
            Recorded.Exchange search,
            List<String> keys,
            String field,
            String found) {
        assertThat(talk).isInstanceOf(Conversation.Send.class);
        Conversation.Send<List<Referent>> send = (Conversation.Send<List<Referent>>) talk;
        assertThat(HttpRequest.of(send.request()).path()).isEqualTo(request);
        assertThat(send.then().apply(search.answer()))
                .isEqualTo(new Conversation.Done<>(keys.stream()
                        .map(key -> referent(search.response().path(found), field, key))
                        .toList()));
    }

    private static Referent referent(JsonNode records, String field, String key) {
        List<String> ids = Stream.of(records)
                .flatMap(all -> all.valueStream())
                .filter(each -> each.path(field).asText().equalsIgnoreCase(key))
                .map(each -> each.path("id").asText())
                .toList();
        return switch (ids.size()) {
            case 0 -> new Referent.None();
            case 1 -> new Referent.One(ids.getFirst());
            default -> new Referent.Several();
        };
    }

    private static List<Value> texts(List<String> keys) {
        return keys.stream().<Value>map(Value.Text::new).toList();
    }
}
