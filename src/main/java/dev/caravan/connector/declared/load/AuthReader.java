package dev.caravan.connector.declared.load;

import dev.caravan.connector.declared.select.Condition;
import dev.caravan.connector.declared.spec.AuthSpec;
import dev.caravan.connector.declared.spec.SignSpec;
import dev.caravan.connector.declared.template.Ground;
import dev.caravan.connector.declared.template.TextTemplate;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.shape.View;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads how requests are let in. */
final class AuthReader {

    private static final Condition UNAUTHORIZED = new Condition.Status(Set.of(401), Set.of());

    private static final Set<String> PARAMETERS =
            Set.of("grant_type", "client_id", "client_secret", "scope", "refresh_token");
    private static final Set<String> CLAIMS = Set.of("iss", "sub", "aud", "scope", "iat", "exp");
    /** Of HTTP itself: what carries them is the client's to say. */
    private static final Set<String> UNFIT =
            Set.of("connection", "content-length", "content-type", "host", "te", "transfer-encoding", "upgrade");

    private final Compiler compiler;
    private final ConditionReader conditions;
    private final TemplateReader templates;
    private final Ground ground;

    AuthReader(Compiler compiler, ConditionReader conditions, TemplateReader templates, Ground ground) {
        this.compiler = compiler;
        this.conditions = conditions;
        this.templates = templates;
        this.ground = ground.auth();
    }

    AuthSpec auth(View view) {
        return switch (view.text("type", "none")) {
            case "bearer" -> new AuthSpec.Bearer(templates.must(view, "token", ground));
            case "api_key" -> apiKey(view);
            case "basic" ->
                new AuthSpec.Basic(templates.must(view, "username", ground), templates.must(view, "password", ground));
            case "oauth2_client_credentials" -> new AuthSpec.ClientCredentials(client(view), tokens(view));
            case "oauth2_refresh" ->
                new AuthSpec.Refresh(
                        client(view),
                        templates.must(view, "refresh_token", ground),
                        view.flag("rotating", false),
                        tokens(view));
            case "oauth2_jwt" -> jwt(view);
            default -> new AuthSpec.None();
        };
    }

    private AuthSpec apiKey(View view) {
        AuthSpec.In in = view.has("query") ? AuthSpec.In.QUERY : AuthSpec.In.HEADER;
        String name = view.text(view.has("query") ? "query" : "header", "");
        return new AuthSpec.ApiKey(in, name, templates.must(view, "value", ground));
    }

    private AuthSpec.Client client(View view) {
        return new AuthSpec.Client(
                templates.must(view, "token_url", ground),
                templates.must(view, "client_id", ground),
                templates.must(view, "client_secret", ground),
                templates.text(view, "scope", ground),
                view.word("style", AuthSpec.Style.class).orElse(AuthSpec.Style.FORM),
                extra(view, PARAMETERS));
    }

    private Map<String, TextTemplate> extra(View view, Set<String> ours) {
        return without(view, "extra", ours, "the other keys of auth say it");
    }

    /** Texts by names that are not ours to say otherwise. */
    private Map<String, TextTemplate> without(View view, String key, Set<String> ours, String instead) {
        view.entries(key).stream()
                .filter(entry -> ours.contains(entry.key()))
                .forEach(entry -> compiler.report(
                        Code.CONNECTOR_NAME,
                        entry.place(),
                        "'" + entry.key() + "' in " + key,
                        "remove it: " + instead));
        return templates.texts(view, key, ground);
    }

    /** Headers that may hold secrets, beside the one that the credentials take. */
    Map<String, TextTemplate> headers(View view) {
        return templates.texts(view, "headers", ground);
    }

    /** The headers that auth and sign fill, each named once; the rest of the file cannot. */
    Set<String> taken(View auth, Optional<View> sign) {
        Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        switch (auth.text("type", "none")) {
            case "none" -> {}
            case "api_key" -> take(taken, auth, "header");
            default -> {
                if (auth.has("header")) {
                    take(taken, auth, "header");
                } else {
                    taken.add("Authorization");
                }
            }
        }
        auth.entries("headers").forEach(entry -> take(taken, entry.key(), entry.place()));
        sign.ifPresent(view -> {
            take(taken, view, "header");
            take(taken, view, "timestamp_header");
        });
        return taken;
    }

    private void take(Set<String> taken, View view, String key) {
        view.text(key).ifPresent(name -> take(taken, name.value(), name.place()));
    }

    private void take(Set<String> taken, String name, Place place) {
        boolean fit = name.matches("[A-Za-z0-9_-]{1,80}")
                && !UNFIT.contains(name.toLowerCase(Locale.ROOT))
                && !name.toLowerCase(Locale.ROOT).startsWith("camel");
        if (!fit) {
            compiler.report(
                    Code.CONNECTOR_HEADER,
                    place,
                    "header '" + name + "' is not for a connector to set",
                    "write a name of letters, digits and hyphens that is not of HTTP itself");
        } else if (!taken.add(name)) {
            compiler.report(Code.CONNECTOR_HEADER, place, "header '" + name + "' is set twice", "keep one of them");
        }
    }

    private AuthSpec.Tokens tokens(View view) {
        return new AuthSpec.Tokens(
                compiler.selector(view, "access_token", "$.access_token"),
                compiler.selector(view, "expires_in", "$.expires_in"),
                compiler.selectors(view, "capture"),
                conditions.condition(view, "expired", UNAUTHORIZED),
                view.text("header", "Authorization"),
                view.has("scheme") ? view.text("scheme", "") : "Bearer",
                view.texts("hosts").stream().map(Located::value).toList());
    }

    private AuthSpec jwt(View view) {
        return new AuthSpec.Jwt(
                templates.must(view, "token_url", ground),
                templates.must(view, "issuer", ground),
                templates.text(view, "subject", ground),
                templates.must(view, "audience", ground),
                templates.text(view, "scope", ground),
                templates.must(view, "private_key", ground),
                templates.text(view, "key_id", ground),
                view.word("algorithm", AuthSpec.Algorithm.class).orElse(AuthSpec.Algorithm.RS256),
                view.duration("lifetime").orElse(Duration.ofMinutes(3)),
                without(view, "claims", CLAIMS, "issuer, subject, audience, scope and lifetime say it"),
                extra(view, Set.of("grant_type", "assertion")),
                tokens(view));
    }

    SignSpec sign(View view) {
        boolean timed = view.has("timestamp_header");
        boolean wanted = view.has("timestamp") || view.text("of", "").equals("timestamp_body");
        if (wanted && !timed) {
            compiler.report(
                    Code.YAML_MISSING_KEY,
                    view.place(),
                    "a time that nobody is told",
                    "add 'timestamp_header', the header that carries it");
        }
        return new SignSpec(
                templates.must(view, "secret", ground),
                view.text("header", ""),
                view.word("algorithm", SignSpec.Algorithm.class).orElse(SignSpec.Algorithm.SHA256),
                view.word("of", SignSpec.Of.class).orElse(SignSpec.Of.BODY),
                view.text("timestamp_header").map(Located::value),
                view.word("timestamp", SignSpec.Timestamp.class).orElse(SignSpec.Timestamp.SECONDS),
                view.text("prefix", ""),
                view.word("encoding", SignSpec.Encoding.class).orElse(SignSpec.Encoding.HEX));
    }
}
