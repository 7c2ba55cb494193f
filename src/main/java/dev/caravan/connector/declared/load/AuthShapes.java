package dev.caravan.connector.declared.load;

import static dev.caravan.connector.declared.load.RequestShapes.CONDITION;
import static dev.caravan.connector.declared.load.RequestShapes.SELECTOR;
import static dev.caravan.connector.declared.load.RequestShapes.SELECTORS;
import static dev.caravan.connector.declared.load.RequestShapes.TEMPLATE;
import static dev.caravan.connector.declared.load.RequestShapes.TEMPLATES;
import static dev.caravan.connector.declared.load.RequestShapes.TEXT;
import static dev.caravan.yaml.shape.Key.may;
import static dev.caravan.yaml.shape.Key.must;
import static dev.caravan.yaml.shape.Shape.words;

import dev.caravan.connector.declared.spec.AuthSpec;
import dev.caravan.connector.declared.spec.SignSpec;
import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.Key;
import dev.caravan.yaml.shape.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What auth and sign may say. */
final class AuthShapes {

    /** Settings with the values that they must have. */
    static final Shape WHEN = new Shape.Names("settings", new Shape.OneOrMore(TEXT));

    private static final List<Key> TOKENS = List.of(
            may("access_token", SELECTOR, "where the answer holds the token; $.access_token"),
            may("expires_in", SELECTOR, "where it holds the seconds until it ends; $.expires_in"),
            may("capture", SELECTORS, "what of the answer becomes login.NAME"),
            may(
                    "hosts",
                    RequestShapes.HOSTS,
                    "where a base_url out of login may be, with all below: the domain of token_url, and these"),
            may("expired", CONDITION, "the answers that say that the token has expired; {status: 401}"),
            may("header", TEXT, "the header that carries the token; Authorization"),
            may("scheme", new Shape.Scalar("a word"), "what stands before the token; Bearer"));

    private static final List<Key> CLIENT = List.of(
            must("token_url", TEMPLATE, "where tokens are had"),
            must("client_id", TEMPLATE, "the application's id"),
            must("client_secret", TEMPLATE, "the application's secret"),
            may("scope", TEMPLATE, "what is asked for"),
            may("style", words(AuthSpec.Style.class), "how the request is made: form, basic, query or json; form"),
            may("extra", TEMPLATES, "more parameters of the request"));

    static final Shape AUTH = new Shape.Tagged(
            "an authentication",
            "type",
            Map.of(
                    "none", flow("none", List.of()),
                    "bearer",
                            flow(
                                    "bearer",
                                    List.of(),
                                    must(
                                            "token",
                                            TEMPLATE,
                                            "the token, sent as Authorization: Bearer; another scheme goes by api_key"
                                                    + " with header: Authorization")),
                    "api_key", apiKey(),
                    "basic", basic(),
                    "oauth2_client_credentials", flow("oauth2_client_credentials", both(CLIENT, TOKENS)),
                    "oauth2_refresh", refresh(),
                    "oauth2_jwt", jwt()));

    static final BlockShape SIGN = BlockShape.of(
            "sign",
            "a signature",
            must("secret", TEMPLATE, "the shared secret"),
            must("header", TEXT, "the header that carries the signature"),
            may("algorithm", words(SignSpec.Algorithm.class), "the hash; sha256"),
            may(
                    "of",
                    words(SignSpec.Of.class),
                    "what is signed: body, or timestamp_body with a full stop between; body"),
            may("timestamp_header", TEXT, "the header that carries the time"),
            may("timestamp", words(SignSpec.Timestamp.class), "how the time is written; seconds"),
            may("prefix", TEXT, "what stands before the signature"),
            may("encoding", words(SignSpec.Encoding.class), "how it is written; hex"));

    private AuthShapes() {}

    private static BlockShape apiKey() {
        return flow(
                        "api_key",
                        List.of(),
                        may("header", TEXT, "the header that carries the key"),
                        may("query", TEXT, "the query parameter that carries it"),
                        must("value", TEMPLATE, "the key"))
                .oneOf("header", "query");
    }

    private static BlockShape basic() {
        return flow(
                "basic",
                List.of(),
                must("username", TEMPLATE, "the user"),
                must("password", new Shape.Scalar("a text with {{ holes }}"), "the password"));
    }

    private static BlockShape refresh() {
        return flow(
                "oauth2_refresh",
                both(CLIENT, TOKENS),
                must("refresh_token", TEMPLATE, "the first refresh token"),
                may("rotating", new Shape.Flag(), "whether each answer carries the next refresh token"));
    }

    private static BlockShape jwt() {
        return flow(
                "oauth2_jwt",
                TOKENS,
                must("token_url", TEMPLATE, "where tokens are had"),
                must("issuer", TEMPLATE, "iss"),
                may("subject", TEMPLATE, "sub"),
                must("audience", TEMPLATE, "aud"),
                may("scope", TEMPLATE, "scope"),
                must("private_key", TEMPLATE, "the key that signs, in PEM"),
                may("key_id", TEMPLATE, "kid"),
                may("algorithm", words(AuthSpec.Algorithm.class), "how it is signed; rs256"),
                may("lifetime", new Shape.Amount(Shape.Unit.DURATION), "how long an assertion lives; 3m"),
                may("claims", TEMPLATES, "more claims, each a text"),
                may("extra", TEMPLATES, "more parameters of the request"));
    }

    private static BlockShape flow(String type, List<Key> common, Key... own) {
        List<Key> keys = new ArrayList<>();
        keys.add(must("type", new Shape.Words(List.of(type)), "how requests are let in"));
        keys.addAll(Arrays.asList(own));
        keys.addAll(common);
        keys.add(may("headers", TEMPLATES, "further headers of every request, which may hold secrets"));
        keys.add(may("when", WHEN, "of several: settings with the values that they must have"));
        return new BlockShape("auth_" + type, "auth of type " + type, keys, List.of());
    }

    private static List<Key> both(List<Key> first, List<Key> second) {
        List<Key> keys = new ArrayList<>(first);
        keys.addAll(second);
        return keys;
    }
}
