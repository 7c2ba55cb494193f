package dev.caravan.connector.declared.load;

import dev.caravan.connector.declared.select.Condition;
import dev.caravan.connector.declared.spec.AuthSpec;
import dev.caravan.connector.declared.spec.SignSpec;
import dev.caravan.connector.declared.template.Ground;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.shape.View;
import java.time.Duration;
import java.util.Set;

/** Reads how requests are let in. */
final class AuthReader {

    private static final Condition UNAUTHORIZED = new Condition.Status(Set.of(401), Set.of());

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
                templates.texts(view, "extra", ground));
    }

    private AuthSpec.Tokens tokens(View view) {
        return new AuthSpec.Tokens(
                compiler.selector(view, "access_token", "$.access_token"),
                compiler.selector(view, "expires_in", "$.expires_in"),
                compiler.selectors(view, "capture"),
                conditions.condition(view, "expired", UNAUTHORIZED),
                view.text("header", "Authorization"),
                view.has("scheme") ? view.text("scheme", "") : "Bearer");
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
                templates.texts(view, "claims", ground),
                tokens(view));
    }

    SignSpec sign(View view) {
        return new SignSpec(
                templates.must(view, "secret", ground),
                view.text("header", ""),
                view.word("algorithm", SignSpec.Algorithm.class).orElse(SignSpec.Algorithm.SHA256),
                view.word("of", SignSpec.Of.class).orElse(SignSpec.Of.BODY),
                view.text("timestamp_header").map(Located::value),
                view.text("prefix", ""),
                view.word("encoding", SignSpec.Encoding.class).orElse(SignSpec.Encoding.HEX));
    }
}
