package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Log-in, limits and ordered faults of the imitated portal. */
class HubSpotLimitsTest extends VendorTests {

    private static final String READ = "/account-info/v3/details";

    @Override
    String vendor() {
        return "hubspot";
    }

    @Override
    String[] credentials() {
        return new String[] {"Authorization", "Bearer pat-na1-caravan-demo"};
    }

    @Override
    Map<String, Object> settings() {
        return Map.of("burst", 3, "searches_per_second", 1);
    }

    @Test
    void theWindowRollsAndEveryAnswerSaysWhatIsLeft() throws Exception {
        assertThat(get(READ).header("X-HubSpot-RateLimit-Remaining")).isEqualTo("2");
        sandbox.clock().advance(Duration.ofSeconds(5));
        get(READ);
        Client.Answer last = get(READ);
        assertThat(last.header("X-HubSpot-RateLimit-Max")).isEqualTo("3");
        assertThat(last.header("X-HubSpot-RateLimit-Remaining")).isEqualTo("0");
        assertThat(last.header("X-HubSpot-RateLimit-Interval-Milliseconds")).isEqualTo("10000");
        Client.Answer refused = get(READ);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().path("policyName").asText()).isEqualTo("TEN_SECONDLY_ROLLING");
        assertThat(refused.header("X-HubSpot-RateLimit-Daily-Remaining")).isEqualTo("249997");
        sandbox.clock().advance(Duration.ofSeconds(5));
        assertThat(get(READ).status())
                .as("the first of them is ten seconds old")
                .isEqualTo(200);
        assertThat(get(READ).status()).isEqualTo(429);
    }

    @Test
    void searchHasALimitOfItsOwnAndNamesNoPolicy() throws Exception {
        String search = "{'filterGroups':[{'filters':[{'propertyName':'email','operator':'EQ','value':'a@x.org'}]}]}";
        assertThat(post("/crm/v3/objects/contacts/search", search).status()).isEqualTo(200);
        Client.Answer refused = post("/crm/v3/objects/contacts/search", search);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().path("category").asText()).isEqualTo("RATE_LIMITS");
        assertThat(refused.json().has("policyName")).isFalse();
        assertThat(refused.header("X-HubSpot-RateLimit-Interval-Milliseconds")).isEmpty();
    }

    @Test
    void theDayIsOverWhenItsAllowanceIs() throws Exception {
        control("POST", "/faults", "{'action':'quota','operation':'hubspot.account'}");
        Client.Answer refused = get(READ);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().path("policyName").asText()).isEqualTo("DAILY");
        sandbox.clock().advance(Duration.ofHours(24));
        assertThat(get(READ).status()).isEqualTo(200);
    }

    @Test
    void refreshTokensAreGoodOnceAndAccessTokensEnd() throws Exception {
        String form =
                "grant_type=refresh_token&client_id=caravan-demo&client_secret=caravan-demo-secret&refresh_token=";
        JsonNode grant = form("/oauth/v3/token", form + "caravan-demo-refresh").json();
        assertThat(grant.path("expires_in").asInt()).isEqualTo(1800);
        assertThat(form("/oauth/v3/token", form + "caravan-demo-refresh").status())
                .isEqualTo(400);
        String[] bearer = {
            "Authorization", "Bearer " + grant.path("access_token").asText()
        };
        Client.Answer good = call("GET", READ, "", bearer);
        assertThat(good.status()).isEqualTo(200);
        assertThat(good.header("X-HubSpot-RateLimit-Daily")).isEmpty();
        sandbox.clock().advance(Duration.ofMinutes(30));
        assertThat(call("GET", READ, "", bearer).json().path("category").asText())
                .isEqualTo("EXPIRED_AUTHENTICATION");
        assertThat(call("GET", READ, "", "Authorization", "Bearer x")
                        .json()
                        .path("category")
                        .asText())
                .isEqualTo("INVALID_AUTHENTICATION");
        assertThat(form("/oauth/v1/token", form + grant.path("refresh_token").asText())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void faultsStrikeItsOperationsAndObjects() throws Exception {
        String create = "/crm/v3/objects/contacts/batch/create";
        String row = "{'inputs':[{'properties':{'email':'a@x.org'}}]}";
        String fault = "{'action':'lose_answer','operation':'hubspot.batch.create','object':'contacts'}";
        assertThat(control("POST", "/faults", fault).status()).isEqualTo(200);
        assertThatThrownBy(() -> post(create, row)).isInstanceOf(IOException.class);
        assertThat(sandbox.vendor("hubspot").counts()).containsEntry("contacts", 1);
        control("POST", "/faults", "{'action':'status','status':423,'path':'^/hubspot/'}");
        assertThat(get(READ).status()).isEqualTo(423);
        assertThat(control("POST", "/faults", "{'action':'lock','operation':'hubspot.batch.create'}")
                        .status())
                .isEqualTo(400);
        assertThat(sandbox.state().requestsByOperation()).containsEntry("hubspot.batch.create", 1L);
        control("POST", "/reset", "");
        assertThat(sandbox.vendor("hubspot").counts()).containsEntry("contacts", 0);
        assertThat(sandbox.writes()).isEmpty();
    }
}
