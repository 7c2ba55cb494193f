package dev.caravan.transport.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.transport.Body;
import dev.caravan.transport.Gate;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.camel.SalesforceSettings.Proof;
import dev.caravan.transport.camel.auth.JwtAssertion;
import dev.caravan.transport.camel.auth.Veil;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.FormRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** Asks for a token by client credentials or by a signed assertion: one request, never repeated here. Throws what the key is to blame for. */
final class TokenEndpoint {

    private static final String PATH = "/services/oauth2/token";
    private static final Pattern ACCOUNT = Pattern.compile("/id/([A-Za-z0-9]{15,18})/[A-Za-z0-9]{3,}");
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Salesforce takes an assertion that ends within minutes. */
    private static final Duration ASSERTION = Duration.ofMinutes(3);

    private final HttpClient client;
    private final SalesforceSettings settings;
    private final InstantSource clock;

    TokenEndpoint(HttpClient client, SalesforceSettings settings, InstantSource clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
    }

    /** The gate is asked when the request would leave, which a slow connection puts off. */
    LogIn ask(Credentials credentials, Gate gate) {
        AtomicInteger requests = new AtomicInteger();
        AtomicReference<@Nullable String> held = new AtomicReference<>();
        Fields form = form(credentials);
        try {
            ContentResponse response = client.POST(settings.loginUrl() + PATH)
                    .body(new FormRequestContent(form))
                    .timeout(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .onRequestBegin(sent -> gate.closed()
                            .ifPresentOrElse(reason -> holdBack(sent, reason, held), requests::incrementAndGet))
                    .send();
            return judge(response, veil(credentials, form));
        } catch (ExecutionException e) {
            String reason = held.get();
            return reason != null
                    ? new LogIn.HeldBack(reason)
                    : unavailable("no connection to " + host() + " (" + kind(e) + ")", requests.get());
        } catch (TimeoutException e) {
            return unavailable("no answer of " + host() + " in time", requests.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unavailable("interrupted", requests.get());
        }
    }

    private Fields form(Credentials credentials) {
        Fields form = new Fields();
        switch (settings.proof()) {
            case Proof.Secret secret -> {
                form.put("grant_type", "client_credentials");
                form.put("client_id", credentials.id());
                form.put("client_secret", credentials.secret());
            }
            case Proof.Signed signed -> {
                form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
                form.put("assertion", assertion(credentials, signed.audience().orElseGet(this::audience)));
            }
        }
        form.put("format", "json");
        return form;
    }

    /** Over what was shown: the client's number and the user's name are no secrets. */
    private static Veil veil(Credentials credentials, Fields form) {
        return Veil.of(List.of(credentials.secret(), Objects.requireNonNullElse(form.getValue("assertion"), "")));
    }

    private String assertion(Credentials credentials, String audience) {
        String claims = JSON.createObjectNode()
                .put("iss", credentials.id())
                .put("sub", credentials.user())
                .put("aud", audience)
                .put("exp", clock.instant().plus(ASSERTION).getEpochSecond())
                .toString();
        return JwtAssertion.rs256(claims, credentials.secret());
    }

    /** The log-in service behind an organisation's My Domain address, or the address itself. */
    private String audience() {
        String host = Objects.requireNonNullElse(URI.create(settings.loginUrl()).getHost(), "");
        if (host.endsWith(".sandbox.my.salesforce.com")) {
            return "https://test.salesforce.com";
        }
        return host.endsWith(".my.salesforce.com") ? "https://login.salesforce.com" : settings.loginUrl();
    }

    private static void holdBack(Request sent, String reason, AtomicReference<@Nullable String> held) {
        held.set(reason);
        CompletableFuture<Boolean> unused = sent.abort(new IOException(reason));
    }

    private String host() {
        return URI.create(settings.loginUrl()).getAuthority();
    }

    private static String kind(ExecutionException failure) {
        Throwable cause = failure.getCause();
        return (cause == null ? failure : cause).getClass().getSimpleName();
    }

    private static LogIn unavailable(String detail, int requests) {
        return new LogIn.Unavailable("log-in: " + detail, Optional.empty(), requests);
    }

    private LogIn judge(ContentResponse response, Veil veil) {
        int status = response.getStatus();
        JsonNode answer = parse(response.getContent());
        if (status == 200) {
            return granted(response, answer, veil);
        }
        if (status == 429 || status >= 500) {
            return new LogIn.Unavailable("log-in answered " + status, retryAfter(response), 1);
        }
        return new LogIn.Refused(veil.refusal(answer, status), 1);
    }

    private static LogIn granted(ContentResponse response, JsonNode answer, Veil shown) {
        Matcher account = ACCOUNT.matcher(answer.path("id").asText());
        boolean usable = answer instanceof ObjectNode
                && !answer.path("access_token").asText().isEmpty()
                && answer.path("instance_url").asText().startsWith("http")
                && account.find();
        if (!usable) {
            return unavailable("the answer has no token, instance or identity", 1);
        }
        ObjectNode open = ((ObjectNode) answer).deepCopy();
        // Nobody but the session needs them.
        open.remove("access_token");
        open.remove("signature");
        String token = answer.path("access_token").asText();
        Veil veil = shown.and(List.of(token));
        return new LogIn.Granted(
                token,
                account.group(1),
                veil.hide(new HttpAnswer(200, Call.byName(response.getHeaders()), Body.of(open.toString()), 1)),
                response,
                veil);
    }

    private Optional<Instant> retryAfter(ContentResponse response) {
        String seconds = response.getHeaders().get("Retry-After");
        return seconds != null && seconds.matches("[0-9]{1,6}")
                ? Optional.of(clock.instant().plusSeconds(Long.parseLong(seconds)))
                : Optional.empty();
    }

    private static JsonNode parse(byte[] content) {
        try {
            return JSON.readTree(content);
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }

    /** What is shown at a log-in. In memory only, and only as long as it takes. */
    record Credentials(String id, String user, String secret) {
        @Override
        public String toString() {
            return "Credentials[…]";
        }
    }
}
