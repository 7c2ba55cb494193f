package dev.caravan.connector.declared;

import static dev.caravan.connector.declared.Bed.words;
import static dev.caravan.destination.kit.Drive.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.Drive;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that name another record than the one that is known. */
class OtherRecordsTest {

    private static Write lead(int number, String id) {
        return Bed.row(number, "p" + number + "@x.example", id, Map.of("firstName", new Value.Text("Ada")));
    }

    private static List<String> told(
            String connector, Action action, String object, String key, String body, Write... rows) {
        TargetSchema schema = new TargetSchema(object, List.of(), Optional.of(TargetField.Kind.TEXT));
        Batch batch = new Batch(action, false, object, key, schema, List.of(rows));
        return words(Drive.script(answer(200, body.replace('\'', '"')))
                .run(Bed.own(connector, Map.of("api_base", "https://x.example")).deliver(batch)));
    }

    /** A record that is addressed by its id is no other one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        zendesk  | DELETE  | users    | {'user':{'id':7001,'active':false}}
        intercom | DELETE  | contacts | {'id':'7001','deleted':true}
        intercom | ARCHIVE | contacts | {'id':'7001','archived':true}
        """)
    void anAnswerAboutAnotherRecordIsNotTheRows(String connector, Action action, String object, String body) {
        Write row = Bed.row(0, "a@x.example", "7000", Map.of());
        assertThat(told(connector, action, object, "email", body, row)).containsExactly("unknown other_record");
        assertThat(told(connector, action, object, "email", body.replace("7001", "7000"), row))
                .containsExactly("accepted 7000");
    }

    /** Somebody has deleted the lead and made it anew: what has the key is the row's. */
    @Test
    void aRecordThatWasMadeAnewIsUpdatedByItsKey() {
        String body = "{'success':true,'result':[{'id':7050,'status':'updated'},{'id':7002,'status':'updated'}]}";
        assertThat(told("marketo", Action.UPDATE, "leads", "email", body, lead(0, "7001"), lead(1, "7002")))
                .containsExactly("accepted 7050", "accepted 7002");
    }

    /** A lead that was written has an id; what has none and reasons besides was not. */
    @Test
    void aResultThatContradictsItselfIsNoSuccess() {
        String body =
                "{'success':true,'result':[{'status':'updated','reasons':[{'code':'1003','message':'no'}]},{'status':'updated'}]}";
        assertThat(told("marketo", Action.UPSERT, "leads", "email", body, lead(0, null), lead(1, null)))
                .containsExactly("rejected 1003 data", "unknown malformed");
    }

    /** Each lead's id stands where another row's belongs. */
    @ParameterizedTest
    @CsvSource({"UPSERT", "UPDATE"})
    void resultsInAnotherOrderAreSeenByTheIdsThatAreKnown(Action action) {
        String body = "{'success':true,'result':[{'id':7002,'status':'updated'},{'id':7001,'status':'updated'}]}";
        assertThat(told("marketo", action, "leads", "email", body, lead(0, "7001"), lead(1, "7002")))
                .containsExactly("unknown order", "unknown order");
        assertThat(told("marketo", action, "leads", "email", body, lead(0, null), lead(1, null)))
                .containsExactly("accepted 7002", "accepted 7001");
    }
}
