package dev.caravan.connector.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Described;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Trace;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.Drive;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetKey;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import dev.caravan.transport.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Marketo's declaration. */
class MarketoTest {

    private static final DeclaredDestination MARKETO =
            Bed.own("marketo", Map.of("api_base", "https://123-ABC-456.mktorest.com"));
    private static final Instant BEGUN = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void knowsItsObjects() {
        assertThat(MARKETO.capabilities("leads").actions())
                .containsOnlyKeys(Action.UPSERT, Action.UPDATE, Action.INSERT, Action.DELETE);
        assertThat(MARKETO.capabilities("leads_bulk").actions()).containsOnlyKeys(Action.UPSERT);
        assertThat(MARKETO.capabilities("list_1001").actions()).containsOnlyKeys(Action.ADD, Action.REMOVE);
        assertThat(MARKETO.capabilities("salespersons").actions()).containsKey(Action.DELETE);
        assertThat(MARKETO.capabilities("car_c").actions()).containsKey(Action.UPSERT);
        assertThat(MARKETO.capabilities("activity_100001").actions()).containsOnlyKeys(Action.APPEND);
        assertThat(MARKETO.capabilities("nothing").actions()).isEmpty();
    }

    @Test
    void aCustomObjectIsKnownByItsDedupeFields() {
        TargetSchema one = described("{'name':'vin'},{'name':'make'}", "['vin']");
        assertThat(one.identifies(TargetKey.of("vin"))).isTrue();
        assertThat(one.unique(TargetKey.of("vin"))).isTrue();
        assertThat(one.identifies(TargetKey.of("make"))).isFalse();
        assertThat(one.identifies(new TargetKey(List.of("vin", "make")))).isFalse();

        TargetSchema two = described("{'name':'vin'},{'name':'make'},{'name':'year'}", "['vin','make']");
        assertThat(two.keys()).containsExactly(Set.of("vin", "make"));
        assertThat(two.identifies(new TargetKey(List.of("make", "vin")))).isTrue();
        assertThat(two.identifies(TargetKey.of("vin"))).as("one of two").isFalse();
        assertThat(two.identifies(new TargetKey(List.of("vin", "year")))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[7]", "[['vin']]", "'vin'", "null", "['']"})
    void dedupeFieldsThatCannotBeReadAreNotGuessed(String dedupe) {
        assertThat(description("{'name':'vin'}", dedupe)).isInstanceOf(Described.Failed.class);
    }

    private static TargetSchema described(String fields, String dedupe) {
        return ((Described.Schema) description(fields, dedupe)).schema();
    }

    private static Described description(String fields, String dedupe) {
        String answer = "{'success':true,'result':[{'dedupeFields':" + dedupe + ",'fields':[" + fields + "]}]}";
        return Drive.script(Drive.answer(200, answer.replace('\'', '"'))).run(MARKETO.describe("car_c"));
    }

    /** An import runs from the moment it is made, and may be made again. */
    @Test
    void anImportIsRepeatedAsAnUpsertIs() {
        TargetSchema schema = new TargetSchema("leads_bulk", List.of(), Optional.of(TargetField.Kind.TEXT));
        Batch batch = new Batch(Action.UPSERT, true, "leads_bulk", "email", schema, Bed.rows("a@example.com"));
        assertThat(MARKETO.idempotency(batch)).isEqualTo(IdempotencyClass.A);
    }

    @Test
    void aLostInsertIsLookedFor() {
        TargetSchema schema = new TargetSchema("leads", List.of(), Optional.of(TargetField.Kind.TEXT));
        Write write = Bed.row(0, "a+b@example.com", null, Map.of("firstName", new Value.Text("Ada")));
        Batch batch = new Batch(Action.INSERT, false, "leads", "email", schema, List.of(write));
        String found =
                "{\"success\": true, \"result\": [{\"id\": 50, \"email\": \"a+b@example.com\", \"firstName\": \"Ada\","
                        + " \"createdAt\": \"2026-11-23T10:00:01Z\"}]}";
        assertThat(trace(batch, Drive.script(Drive.answer(200, found)))).isEqualTo(new Trace.Arrived("50"));
        Drive none = Drive.script(Drive.answer(200, "{\"success\": true, \"result\": []}"));
        assertThat(trace(batch, none)).isEqualTo(new Trace.Absent());
        assertThat(none.calls())
                .containsExactly("GET /rest/v1/leads.json?filterType=email&filterValues=a%2Bb%40example.com"
                        + "&fields=id%2CcreatedAt%2Cemail%2CfirstName");
        String busy = "{\"success\": false, \"errors\": [{\"code\": \"606\"}]}";
        assertThat(trace(batch, Drive.script(Drive.answer(200, busy)))).isInstanceOf(Trace.Unsure.class);
    }

    private static Trace trace(Batch batch, Drive drive) {
        Reply.Answer login = (Reply.Answer) Drive.answer(200, "{}");
        return drive.run(MARKETO.lookUp(new Trace.Question(batch, List.of(BEGUN), login))
                        .orElseThrow())
                .getFirst();
    }
}
