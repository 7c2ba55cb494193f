package dev.caravan.connector.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.Drive;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HubSpot's answers where they do not repeat the trace ids that were sent: a result is told by the key among its properties, or not at all. */
class HubSpotUntracedTest {

    private static final DeclaredDestination HUBSPOT = Bed.own("hubspot", Map.of());
    private static final String ADA = result("1", "'email':'ada@x.example'");
    private static final String BO = result("2", "'email':'bo@x.example'");

    private static final TargetSchema CONTACTS = new TargetSchema(
            "contacts",
            List.of(new TargetField(
                    "email", Kind.EMAIL, 0, 0, 0, true, true, true, false, true, true, true, List.of())),
            Optional.of(Kind.TEXT));

    private static String result(String id, String properties) {
        return "{'id':'" + id + "','properties':{" + properties + "}}";
    }

    private static List<String> told(Action action, List<Write> writes, String... results) {
        Batch batch = new Batch(action, false, "contacts", "email", CONTACTS, writes);
        String body = "{'status':'COMPLETE','results':[" + String.join(",", results) + "]}";
        return Bed.words(
                Drive.script(Drive.answer(201, body.replace('\'', '"'))).run(HUBSPOT.deliver(batch)));
    }

    @ParameterizedTest
    @EnumSource(names = {"INSERT", "UPDATE", "UPSERT"})
    void resultsInAnyOrderAreToldByTheirKeys(Action action) {
        String made = action == Action.INSERT ? " created" : "";
        assertThat(told(action, Bed.rows("ada@x.example", "bo@x.example"), BO, ADA))
                .containsExactly("accepted 1" + made, "accepted 2" + made);
    }

    @Test
    void anUpsertSaysWhatIsNew() {
        String made = ADA.replace("'id'", "'new':true,'id'");
        assertThat(told(Action.UPSERT, Bed.rows("ada@x.example", "bo@x.example"), BO, made))
                .containsExactly("accepted 1 created", "accepted 2");
    }

    /** As HubSpot does, which has addresses in lower case. */
    @Test
    void keysAreComparedAsHubSpotComparesThem() {
        assertThat(told(Action.INSERT, Bed.rows("Ada@X.example"), ADA)).containsExactly("accepted 1 created");
        assertThat(told(Action.INSERT, Bed.rows("Ada@x.example", "ada@X.example"), ADA, BO))
                .as("which of two rows with one key was meant nobody knows")
                .containsExactly("unknown unaccounted", "unknown unaccounted");
    }

    @ParameterizedTest
    @EnumSource(names = {"INSERT", "UPDATE", "UPSERT"})
    void aRowOfWhichNoResultSpeaksIsUnknown(Action action) {
        String other = result("3", "'email':'eve@x.example'");
        assertThat(told(action, Bed.rows("ada@x.example", "bo@x.example"), other, BO))
                .first()
                .isEqualTo("unknown unaccounted");
        assertThat(told(action, Bed.rows("ada@x.example"))).containsExactly("unknown unaccounted");
    }

    /** As many results as rows, in their order, mean nothing: HubSpot keeps no order. */
    @Test
    void aResultWithoutItsKeyIsNoRowsWhateverItsPlace() {
        String nameless = result("1", "'firstname':'Ada'");
        String empty = result("2", "'email':null");
        String bare = "{'id':'3'}";
        assertThat(told(
                        Action.UPDATE,
                        Bed.rows("ada@x.example", "bo@x.example", "cy@x.example"),
                        nameless,
                        empty,
                        bare))
                .containsOnly("unknown unaccounted");
    }

    @Test
    void aRowOfWhichTwoResultsSpeakIsUnknown() {
        String again = result("9", "'email':'ADA@x.example'");
        assertThat(told(Action.INSERT, Bed.rows("ada@x.example", "bo@x.example"), ADA, BO, again))
                .containsExactly("unknown said_twice", "accepted 2 created");
        String traced = BO.replace("'id'", "'objectWriteTraceId':'row-1','id'");
        assertThat(told(Action.INSERT, Bed.rows("ada@x.example", "bo@x.example"), traced, BO, ADA))
                .as("once by its trace and once by its key")
                .containsExactly("accepted 1 created", "unknown said_twice");
    }

    /** What a trace says counts alone: a key may have been another record's before. */
    @Test
    void aTraceComesBeforeAKey() {
        String traced = ADA.replace("'id'", "'objectWriteTraceId':'row-1','id'");
        assertThat(told(Action.UPSERT, Bed.rows("ada@x.example", "bo@x.example"), traced))
                .containsExactly("unknown unaccounted", "accepted 1");
        String foreign = ADA.replace("'id'", "'objectWriteTraceId':'row-7','id'");
        assertThat(told(Action.UPSERT, Bed.rows("ada@x.example"), foreign)).containsExactly("unknown unaccounted");
    }

    /** Rows that get another key name their records by id, and so do the results. */
    @Test
    void recordsThatWereNamedByTheirIdsAreToldByThem() {
        List<Write> moved = List.of(moved(0, "ada@x.example", "7"), moved(1, "bo@x.example", "8"));
        String seven = result("7", "'firstname':'Ada'");
        String eight = result("8", "'email':'ada@x.example'");
        assertThat(told(Action.UPSERT, moved, eight, seven)).containsExactly("accepted 7", "accepted 8");
        assertThat(told(Action.UPDATE, moved, eight)).containsExactly("unknown unaccounted", "accepted 8");
    }

    private static Write moved(int ordinal, String email, String id) {
        return Bed.row(ordinal, email, id, Map.of("email", new Value.Text(email)));
    }
}
