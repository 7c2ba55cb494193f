package dev.caravan.connector.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Referent;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.Drive;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.Value;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** HubSpot's declaration. */
class HubSpotTest {

    private static final DeclaredDestination HUBSPOT = Bed.own("hubspot", Map.of());

    @Test
    void knowsItsObjects() {
        assertThat(HUBSPOT.capabilities("contacts").actions())
                .containsOnlyKeys(Action.UPSERT, Action.UPDATE, Action.INSERT, Action.DELETE, Action.ARCHIVE);
        assertThat(HUBSPOT.capabilities("2-1234").actions()).containsKey(Action.UPSERT);
        assertThat(HUBSPOT.capabilities("list_89").actions()).containsOnlyKeys(Action.ADD, Action.REMOVE);
        assertThat(HUBSPOT.capabilities("nothing").actions()).isEmpty();
    }

    @Test
    void twoSpellingsOfAKeyAreOneQuestion() {
        List<Value> spellings = List.of(
                new Value.Text("Ada@x.example"), new Value.Text("ada@x.example"), new Value.Text("bo@x.example"));
        Conversation<List<Referent>> asked =
                HUBSPOT.identify("contacts", "email", spellings).orElseThrow();
        String answer = "{\"results\":[{\"id\":\"7\",\"properties\":{\"email\":\"ada@x.example\"}}]}";
        Drive drive = new Drive(request -> {
            assertThat(HttpRequest.of(request).body().text())
                    .containsOnlyOnce("@x.example\"},{")
                    .contains("bo@");
            return new HttpAnswer(207, Map.of(), Body.of(answer), 1);
        });

        assertThat(drive.run(asked)).containsExactly(new Referent.One("7"), new Referent.One("7"), new Referent.None());
    }

    private static Batch contacts(String run) {
        List<Write> writes = List.of(
                new Write(0, Kind.CHANGE, new Value.Text("ada@x.example"), null, Map.of(), run + "0", Optional.empty()),
                new Write(1, Kind.CHANGE, new Value.Text("bo@x.example"), null, Map.of(), run + "1", Optional.empty()));
        TargetSchema schema = new TargetSchema("contacts", List.of(), Optional.of(TargetField.Kind.TEXT));
        return new Batch(Action.UPSERT, false, "contacts", "email", schema, writes);
    }

    private static List<String> traces(HttpRequest request) {
        return Pattern.compile("\"objectWriteTraceId\":\"([^\"]+)\"")
                .matcher(request.body().text())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static HttpAnswer made(List<String> traces) {
        String results = traces.stream()
                .map(trace -> "{\"id\":\"9" + traces.indexOf(trace) + "\",\"objectWriteTraceId\":\"" + trace + "\"}")
                .collect(Collectors.joining(","));
        return new HttpAnswer(200, Map.of(), Body.of("{\"results\":[" + results + "]}"), 1);
    }

    /** Late or mixed up on its way: of rows that it was not asked about it says nothing. */
    @Test
    void anAnswerToAnotherRequestTellsNothing() {
        List<List<String>> sent = new ArrayList<>();
        Drive first = new Drive(request -> {
            sent.add(traces(HttpRequest.of(request)));
            return made(sent.getFirst());
        });
        assertThat(Bed.words(first.run(HUBSPOT.deliver(contacts("a"))))).containsExactly("accepted 90", "accepted 91");

        Drive later = new Drive(request -> made(sent.getFirst()));
        assertThat(Bed.words(later.run(HUBSPOT.deliver(contacts("b")))))
                .containsExactly("unknown unaccounted", "unknown unaccounted");

        Drive again = new Drive(request -> {
            sent.add(traces(HttpRequest.of(request)));
            return made(sent.getFirst());
        });
        assertThat(Bed.words(again.run(HUBSPOT.deliver(contacts("a"))))).containsExactly("accepted 90", "accepted 91");
        assertThat(sent.get(1))
                .isEqualTo(sent.getFirst())
                .doesNotHaveDuplicates()
                .noneMatch(trace -> trace.contains("@"));
    }

    private static Batch rekeyed(String effect) {
        Value key = new Value.Text("new@x.example");
        TargetSchema schema = new TargetSchema("contacts", List.of(), Optional.of(TargetField.Kind.TEXT));
        Write write = new Write(0, Kind.CHANGE, key, "7", Map.of("email", key), effect, Optional.empty());
        return new Batch(Action.UPSERT, false, "contacts", "email", schema, List.of(write));
    }

    private static HttpAnswer updated(List<String> traces) {
        String result = "{\"id\":\"7\",\"objectWriteTraceId\":\"" + traces.getFirst() + "\"}";
        return new HttpAnswer(200, Map.of(), Body.of("{\"results\":[" + result + "]}"), 1);
    }

    /** Of the same record too: it may have another key since. */
    @Test
    void anEarlierAnswerAboutTheSameRecordTellsNothing() {
        List<List<String>> sent = new ArrayList<>();
        Drive first = new Drive(request -> {
            sent.add(traces(HttpRequest.of(request)));
            return updated(sent.getFirst());
        });
        assertThat(Bed.words(first.run(HUBSPOT.deliver(rekeyed("a"))))).containsExactly("accepted 7");

        Drive later = new Drive(request -> updated(sent.getFirst()));
        assertThat(Bed.words(later.run(HUBSPOT.deliver(rekeyed("b"))))).containsExactly("unknown unaccounted");
    }
}
