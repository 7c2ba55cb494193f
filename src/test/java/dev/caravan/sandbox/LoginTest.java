package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.spec.Login;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class LoginTest extends SandboxTests {

    @Test
    void aTokenSaysWhereAndWho() throws Exception {
        JsonNode token = client.token("caravan-demo", "caravan-demo-secret").json();
        String organisation = sandbox.state().organisation();

        assertThat(token.path("instance_url").asText())
                .isEqualTo(sandbox.baseUri().toString());
        assertThat(token.path("id").asText())
                .startsWith(sandbox.baseUri() + "/id/" + organisation + "/005")
                .hasSize(sandbox.baseUri().toString().length() + 4 + 18 + 1 + 18);
        assertThat(token.path("access_token").asText()).startsWith(organisation.substring(0, 15) + "!");
        assertThat(token.path("issued_at").asText()).isEqualTo(String.valueOf(START.toEpochMilli()));
        assertThat(token.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(token.has("expires_in")).isFalse();
        assertThat(token.path("signature").asText()).isNotEmpty();
        assertThat(token.path("scope").asText()).isEqualTo("api");
        assertThat(client.get("/services/oauth2/userinfo")
                        .json()
                        .path("organization_id")
                        .asText())
                .isEqualTo(organisation);
    }

    @Test
    void badCredentialsAre400WithAnOauthError() throws Exception {
        Client.Answer secret = client.token("caravan-demo", "wrong");
        assertThat(secret.status()).isEqualTo(400);
        assertThat(secret.json().path("error").asText()).isEqualTo("invalid_client");
        assertThat(client.token("nobody", "wrong").json().path("error").asText())
                .isEqualTo("invalid_client_id");
        Client.Answer grant = client.exchange(
                "POST",
                "/services/oauth2/token",
                "grant_type=magic",
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(grant.status()).isEqualTo(400);
        assertThat(grant.json().path("error").asText()).isEqualTo("unsupported_grant_type");
        assertThat(sandbox.state().logins()).isEqualTo(1);
    }

    @Test
    void credentialsMayComeAsBasic() throws Exception {
        String pair =
                Base64.getEncoder().encodeToString("caravan-demo:caravan-demo-secret".getBytes(StandardCharsets.UTF_8));
        try (Client fresh = new Client(sandbox)) {
            Client.Answer answer = fresh.basicToken(pair);
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void aTokenEndsByAge() throws Exception {
        assertThat(client.get(Client.API + "/limits").status()).isEqualTo(200);
        sandbox.clock().advance(Duration.ofHours(2));
        Client.Answer answer = client.get(Client.API + "/limits");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json())
                .isEqualTo(
                        Client.json(q("[{'message':'Session expired or invalid','errorCode':'INVALID_SESSION_ID'}]")));
        assertThat(client.login().get(Client.API + "/limits").status()).isEqualTo(200);
    }

    @Test
    void aTokenEndsByRevocationAndByOrder() throws Exception {
        assertThat(client.get("/services/oauth2/revoke?token=" + client.token()).status())
                .isEqualTo(200);
        assertThat(client.get(Client.API + "/limits").status()).isEqualTo(401);
        assertThat(client.get("/services/oauth2/revoke?token=nonsense").status())
                .isEqualTo(400);
        client.login();
        assertThat(client.post("/__sandbox/tokens/expire", "{}").status()).isEqualTo(204);
        assertThat(client.get(Client.API + "/limits").status()).isEqualTo(401);
    }

    @Test
    void logInsLiveSideBySideUnlessTheOrganisationSaysOtherwise() throws Exception {
        try (Client second = new Client(sandbox).login()) {
            assertThat(client.get(Client.API + "/limits").status()).isEqualTo(200);
            assertThat(second.get(Client.API + "/limits").status()).isEqualTo(200);
        }
        Login strict = new Login("caravan-demo", "caravan-demo-secret", Duration.ofHours(1), true);
        try (Sandbox other = Sandbox.start(SandboxSpec.defaults().withLogin(strict), 0);
                Client first = new Client(other).login();
                Client second = new Client(other).login()) {
            assertThat(first.get(Client.API + "/limits").status()).isEqualTo(401);
            assertThat(second.get(Client.API + "/limits").status()).isEqualTo(200);
        }
    }

    @Test
    void anotherOrganisationEndsTokensAndShowsInTheNextLogIn() throws Exception {
        String before = sandbox.state().organisation();
        assertThat(client.post("/__sandbox/organisation", q("{'id':'00DZz0000009999'}"))
                        .status())
                .isEqualTo(204);
        assertThat(client.get(Client.API + "/limits").status()).isEqualTo(401);
        JsonNode token = client.token("caravan-demo", "caravan-demo-secret").json();
        assertThat(token.path("id").asText()).contains("/00DZz0000009999").doesNotContain(before);
        assertThat(client.login()
                        .soql("SELECT Id FROM Organization")
                        .json()
                        .path("records")
                        .path(0)
                        .path("Id")
                        .asText())
                .startsWith("00DZz0000009999");
        assertThat(client.post("/__sandbox/organisation", q("{'id':'other'}")).status())
                .isEqualTo(400);
    }
}
