package dev.caravan.cli.serve;

import dev.caravan.sandbox.spec.Login;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a connection says that leads to the sandbox and is let in there, by the keys of its connector. Nobody's secrets. */
final class SandboxAccess {

    private static final String CLIENT = "caravan-demo";
    private static final String SECRET = "caravan-demo-secret";
    private static final String REFRESH = "caravan-demo-refresh";

    private final String base;
    private final Login login;

    SandboxAccess(URI sandbox, Login login) {
        this.base = sandbox.toString();
        this.login = login;
    }

    /** The keys of a connection on this connector with their values, its address first; none where the sandbox does not stand in for it. */
    Map<String, String> of(String connector) {
        return switch (connector) {
            case "salesforce" ->
                keys(
                        "login_url", base,
                        "client_id", login.clientId(),
                        "client_secret", login.clientSecret(),
                        "username", login.username());
            case "hubspot" ->
                keys(
                        "api_base", base + "/hubspot",
                        "access_token", "pat-na1-caravan-demo",
                        "client_id", CLIENT,
                        "client_secret", SECRET,
                        "refresh_token", REFRESH);
            case "marketo" -> keys("api_base", base + "/marketo", "client_id", CLIENT, "client_secret", SECRET);
            case "braze" -> keys("api_base", base + "/braze", "api_key", "caravan-demo-braze-key");
            case "zendesk" ->
                keys(
                        "api_base", base + "/zendesk",
                        "email", "caravan@sandbox.invalid",
                        "api_token", "caravan-demo-zendesk-token");
            case "intercom" -> keys("api_base", base + "/intercom", "access_token", "caravan-demo-intercom-token");
            case "meta" -> keys("api_base", base + "/meta", "access_token", "caravan-demo-meta-token");
            case "google_data_manager" -> google("datamanager");
            case "google_ads" -> {
                Map<String, String> keys = google("googleads");
                keys.put("developer_token", "caravan-demo-developer-token");
                keys.put("customer_id", "4200001000");
                yield keys;
            }
            case "webhook" -> keys("url", base + "/webhook/hook", "secret", "caravan-demo-webhook-secret");
            default -> Map.of();
        };
    }

    private Map<String, String> google(String prefix) {
        return keys(
                "api_base", base + "/" + prefix,
                "token_url", base + "/" + prefix + "/token",
                "client_id", CLIENT,
                "client_secret", SECRET,
                "refresh_token", REFRESH);
    }

    private static Map<String, String> keys(String... namesAndValues) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            keys.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return keys;
    }
}
