package dev.caravan.connector.declared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Personal data is not sent to where everything goes as it is. */
class ExposedTest {

    private static final DeclaredDestination META =
            Bed.own("meta", Map.of("access_token", "t", "account", "act_1", "version", "v25.0"));

    @Test
    void namesOfPeoplesDataAreRefusedBesideTheFieldsThatHashIt() {
        for (String object : List.of("events_8", "offline_events_8")) {
            assertThat(List.of(
                            "email",
                            "E-Mail",
                            "customer_email",
                            "db_",
                            "DOB",
                            "doby",
                            "birth_date",
                            "first_name",
                            "phone",
                            "zip"))
                    .filteredOn(field -> !META.exposes(object, field, false))
                    .containsExactly("db_");
            assertThat(META.hashes(object, "db")).isPresent();
            assertThat(META.exposes(object, "db", false)).isFalse();
            assertThat(List.of("order_id", "value", "currency", "content_name", "content_ids", "num_items", "status"))
                    .noneMatch(field -> META.exposes(object, field, false));
        }
    }

    @Test
    void aFieldThatItsMappingCallsPrivateIsRefusedThereWhateverItsName() {
        assertThat(META.exposes("events_8", "order_id", true)).isTrue();
        assertThat(META.exposes("events_8", "em", true)).as("hashed").isFalse();
        assertThat(META.exposes("events_8", "client_ip_address", true))
                .as("Meta has a field for it")
                .isFalse();
        assertThat(META.exposes("audience_8", "EMAIL", true)).isFalse();
        assertThat(Bed.own("webhook", Map.of()).exposes("person", "email", true))
                .as("one's own receiver")
                .isFalse();
    }
}
