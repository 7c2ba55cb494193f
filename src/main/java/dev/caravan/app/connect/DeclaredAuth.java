package dev.caravan.app.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.config.settings.Connection.Declared;
import dev.caravan.connector.declared.answer.Answered;
import dev.caravan.connector.declared.select.Found;
import dev.caravan.connector.declared.select.Selector;
import dev.caravan.connector.declared.spec.AuthSpec;
import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.spec.SettingSpec;
import dev.caravan.connector.declared.spec.SignSpec;
import dev.caravan.connector.declared.template.BatchScope;
import dev.caravan.connector.declared.template.Faults;
import dev.caravan.connector.declared.template.Fill;
import dev.caravan.connector.declared.template.Known;
import dev.caravan.connector.declared.template.TextTemplate;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.camel.auth.AccountSource;
import dev.caravan.transport.camel.auth.Auth;
import dev.caravan.transport.camel.auth.Credentials;
import dev.caravan.transport.camel.auth.JwtAssertion;
import dev.caravan.transport.camel.auth.Signing;
import dev.caravan.transport.camel.auth.TokenEndpoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How a connection on a declared connector proves who it is: what the connector says, filled with the connection's settings. This is the one
 * place where its secrets are looked up, anew at each log-in.
 */
final class DeclaredAuth {

    private final ConnectorSpec spec;
    private final Declared connection;

    DeclaredAuth(ConnectorSpec spec, Declared connection) {
        this.spec = spec;
        this.connection = connection;
    }

    Auth auth(AccountSource account) {
        Predicate<HttpAnswer> expired = spec.auth()
                .tokens()
                .<Predicate<HttpAnswer>>map(tokens -> answer ->
                        tokens.expired().holds(Answered.of(answer, Map.of()).subject()))
                .orElse(Auth.UNAUTHORIZED);
        return new Auth(
                credentials(spec.auth()),
                suppliers(spec.secretHeaders()),
                spec.sign().map(this::signing),
                expired,
                account,
                spec.timeout(),
                secrets());
    }

    private List<Supplier<String>> secrets() {
        return spec.settings().stream()
                .filter(SettingSpec::secret)
                .<Supplier<String>>map(
                        setting -> () -> connection.value(setting.name()).orElse(""))
                .toList();
    }

    private Credentials credentials(AuthSpec auth) {
        return switch (auth) {
            case AuthSpec.None none -> new Credentials.None();
            case AuthSpec.Bearer bearer -> new Credentials.Bearer(text(bearer.token()));
            case AuthSpec.ApiKey key ->
                switch (key.in()) {
                    case HEADER -> new Credentials.KeyHeader(key.name(), "", text(key.value()));
                    case QUERY -> new Credentials.KeyParameter(key.name(), text(key.value()));
                };
            case AuthSpec.Basic basic -> new Credentials.Basic(text(basic.username()), text(basic.password()));
            case AuthSpec.ClientCredentials client ->
                new Credentials.Client(
                        endpoint(client.client(), client.use()),
                        text(client.client().id()),
                        text(client.client().secret()));
            case AuthSpec.Refresh refresh ->
                new Credentials.Refresh(
                        endpoint(refresh.client(), refresh.use()),
                        text(refresh.client().id()),
                        text(refresh.client().secret()),
                        text(refresh.refreshToken()),
                        refresh.rotating());
            case AuthSpec.Jwt jwt ->
                new Credentials.Jwt(
                        endpoint(
                                text(jwt.address()).get(), TokenEndpoint.Style.FORM, suppliers(jwt.extra()), jwt.use()),
                        claims(jwt),
                        text(jwt.privateKey()),
                        new JwtAssertion.Signer(
                                switch (jwt.algorithm()) {
                                    case RS256 -> JwtAssertion.Algorithm.RS256;
                                    case ES256 -> JwtAssertion.Algorithm.ES256;
                                },
                                jwt.keyId().map(this::text)),
                        jwt.lifetime());
        };
    }

    private Map<String, Supplier<String>> claims(AuthSpec.Jwt jwt) {
        Map<String, Supplier<String>> claims = new LinkedHashMap<>();
        claims.put("iss", text(jwt.issuer()));
        jwt.subject().ifPresent(subject -> claims.put("sub", optional(subject)));
        claims.put("aud", text(jwt.audience()));
        jwt.scope().ifPresent(scope -> claims.put("scope", optional(scope)));
        claims.putAll(suppliers(jwt.claims()));
        return claims;
    }

    private Map<String, Supplier<String>> suppliers(Map<String, TextTemplate> templates) {
        Map<String, Supplier<String>> suppliers = new LinkedHashMap<>();
        templates.forEach((name, template) -> suppliers.put(name, optional(template)));
        return suppliers;
    }

    private TokenEndpoint endpoint(AuthSpec.Client client, AuthSpec.Tokens tokens) {
        TokenEndpoint.Style style = switch (client.style()) {
            case FORM -> TokenEndpoint.Style.FORM;
            case BASIC -> TokenEndpoint.Style.BASIC;
            case QUERY -> TokenEndpoint.Style.QUERY;
            case JSON -> TokenEndpoint.Style.JSON;
        };
        Map<String, Supplier<String>> extra = new LinkedHashMap<>();
        client.scope().ifPresent(scope -> extra.put("scope", optional(scope)));
        extra.putAll(suppliers(client.extra()));
        return endpoint(text(client.tokenUrl()).get(), style, extra, tokens);
    }

    private TokenEndpoint endpoint(
            String address, TokenEndpoint.Style style, Map<String, Supplier<String>> extra, AuthSpec.Tokens tokens) {
        return new TokenEndpoint(
                address,
                style,
                extra,
                answer -> first(tokens.accessToken(), answer),
                answer -> first(tokens.expiresIn(), answer)
                        .filter(seconds -> seconds.matches("[0-9]{1,9}"))
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds))),
                captured(tokens.capture()),
                new TokenEndpoint.Use(tokens.header(), tokens.scheme()));
    }

    private static Function<JsonNode, Map<String, String>> captured(Map<String, Selector> wanted) {
        return answer -> {
            Map<String, String> captured = new HashMap<>();
            wanted.forEach((name, selector) -> first(selector, answer).ifPresent(text -> captured.put(name, text)));
            return captured;
        };
    }

    private static Optional<String> first(Selector selector, JsonNode answer) {
        return selector.text(Found.root(answer), Map.of());
    }

    private Signing signing(SignSpec sign) {
        return new Signing(
                text(sign.secret()),
                sign.header(),
                switch (sign.algorithm()) {
                    case SHA1 -> Signing.Hash.SHA1;
                    case SHA256 -> Signing.Hash.SHA256;
                    case SHA512 -> Signing.Hash.SHA512;
                },
                sign.prefix(),
                switch (sign.encoding()) {
                    case HEX -> Signing.Encoding.HEX;
                    case BASE64 -> Signing.Encoding.BASE64;
                },
                sign.timestampHeader().map(header -> stamp(sign, header)));
    }

    private static Signing.Stamp stamp(SignSpec sign, String header) {
        return new Signing.Stamp(
                header,
                switch (sign.timestamp()) {
                    case SECONDS -> Signing.Form.SECONDS;
                    case MILLIS -> Signing.Form.MILLIS;
                    case ISO -> Signing.Form.ISO;
                },
                sign.of() == SignSpec.Of.TIMESTAMP_BODY);
    }

    /** A text of the connector with the connection's settings, its secrets included, as they are when it is asked for. */
    private Supplier<String> text(TextTemplate template) {
        return () -> filled(template).orElseThrow(() -> DeclaredOpener.incomplete(connection, template.toString()));
    }

    /** The same, empty where an optional hole finds nothing. */
    private Supplier<String> optional(TextTemplate template) {
        return () -> filled(template).orElse("");
    }

    private Optional<String> filled(TextTemplate template) {
        Map<String, String> settings = new HashMap<>();
        connection.settings().forEach((name, setting) -> settings.put(name, setting.resolve()));
        Faults faults = new Faults();
        Optional<String> text = new Fill(BatchScope.of(Known.of(settings, Map.of())), faults).text(template);
        if (!faults.none()) {
            throw DeclaredOpener.incomplete(connection, template.toString());
        }
        return text;
    }
}
