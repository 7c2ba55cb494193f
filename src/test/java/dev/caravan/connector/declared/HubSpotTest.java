package dev.caravan.connector.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
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
}
