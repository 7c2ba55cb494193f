package dev.caravan.connector.declared;

import static dev.caravan.connector.declared.Bed.row;
import static dev.caravan.connector.declared.Bed.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.Drive;
import dev.caravan.destination.kit.Talk;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are to get another key, and of which the destination says that they are not there. */
class GoneRecordsTest {

    private static final DeclaredDestination HUBSPOT = Bed.own("hubspot", Map.of("access_token", "x"));

    private static final TargetSchema CONTACTS =
            new TargetSchema("contacts", List.of(), Optional.of(TargetField.Kind.TEXT));

    private static Talk talk(int status) {
        return new Talk(request -> HttpRequest.of(request).path().endsWith("batch/update")
                ? Drive.answer(
                        status,
                        "{\"status\":\"error\",\"category\":\"OBJECT_NOT_FOUND\",\"message\":\"Could not get some CONTACT objects\"}")
                : Drive.answer(200, "{\"results\":[{\"id\":\"7\",\"new\":true,\"objectWriteTraceId\":\"row-0\"}]}"));
    }

    private static Batch moved(int rows) {
        List<Write> writes = IntStream.range(0, rows)
                .mapToObj(i -> row(
                        i,
                        "new" + i + "@x.example",
                        "" + (100 + i),
                        Map.of(
                                "firstname",
                                new Value.Text("N" + i),
                                "email",
                                new Value.Text("new" + i + "@x.example"))))
                .toList();
        return new Batch(Action.UPSERT, false, "contacts", "email", CONTACTS, writes);
    }

    /** The request is refused as a whole: nobody says that the record of every row is gone. */
    @ParameterizedTest
    @CsvSource({"400, rejected OBJECT_NOT_FOUND data together", "404, rejected OBJECT_NOT_FOUND config"})
    void aRefusalOfSeveralRowsSaysOfNoneThatItsRecordIsGone(int status, String each) {
        Talk talk = talk(status);
        List<String> told = words(talk.run(HUBSPOT.deliver(moved(3))));
        assertThat(talk.requests).hasSize(1);
        assertThat(told).containsExactly(each, each, each);
    }

    /** A request of one row is about that row. */
    @ParameterizedTest
    @ValueSource(ints = {400, 404})
    void aRowWhoseOwnRecordIsGoneIsMadeAnew(int status) {
        Talk talk = talk(status);
        List<String> told = words(talk.run(HUBSPOT.deliver(moved(1))));
        assertThat(talk.requests).hasSize(2);
        assertThat(told).containsExactly("accepted 7 created");
    }
}
