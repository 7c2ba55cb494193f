package dev.caravan.connector.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Referent;
import dev.caravan.destination.kit.Drive;
import dev.caravan.row.Value;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import java.util.List;
import java.util.Map;
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
}
