package dev.caravan.connector.declared.spec;

import dev.caravan.connector.declared.template.TextTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connector.
 *
 * @param name as caravan.yaml names it, the folder's name
 * @param docs where the vendor describes the API; shown, never called
 * @param settings the keys that a connection on it may have, in the file's order
 * @param baseUrl scheme and host, with a path perhaps; from settings and log-in
 * @param auth how requests are let in; of several ways the one that {@link #under} has chosen, the last until then
 * @param logIns all ways, the last of which counts where no other does
 * @param secretHeaders of {@code auth}: further headers that let requests in, such as a developer's token; may name secrets, and one whose optional
 *     hole finds nothing is left out
 * @param sign a signature beside the authentication
 * @param headers on every request; names in the file's case
 * @param timeout how long one request may take
 * @param zombieWindow how long a lost request may still take effect (invariant I8)
 * @param errors what a whole answer means, the first that matches
 * @param unverified what rests on documentation alone
 */
public record ConnectorSpec(
        String name,
        String title,
        String docs,
        String summary,
        List<SettingSpec> settings,
        TextTemplate baseUrl,
        AuthSpec auth,
        List<LogInSpec> logIns,
        Map<String, TextTemplate> secretHeaders,
        Optional<SignSpec> sign,
        AccountSpec account,
        Map<String, TextTemplate> headers,
        Duration timeout,
        Duration zombieWindow,
        LimitsSpec limits,
        List<ErrorRule> errors,
        CodeTable codes,
        List<ObjectSpec> objects,
        List<String> unverified) {

    public ConnectorSpec {
        settings = List.copyOf(settings);
        logIns = List.copyOf(logIns);
        secretHeaders = Ordered.copy(secretHeaders);
        headers = Ordered.copy(headers);
        errors = List.copyOf(errors);
        objects = List.copyOf(objects);
        unverified = List.copyOf(unverified);
    }

    /** The same for a connection with these settings, defaults filled in: it is let in by the first way whose settings hold. */
    public ConnectorSpec under(Map<String, String> given) {
        return logIns.stream()
                .filter(logIn -> logIn.when().holds(given))
                .findFirst()
                .map(this::letIn)
                .orElse(this);
    }

    private ConnectorSpec letIn(LogInSpec way) {
        return new ConnectorSpec(
                name,
                title,
                docs,
                summary,
                settings,
                baseUrl,
                way.auth(),
                logIns,
                way.headers(),
                sign,
                account,
                headers,
                timeout,
                zombieWindow,
                limits,
                errors,
                codes,
                objects,
                unverified);
    }

    /** The object of this name: the first whose patterns take it. */
    public Optional<ObjectSpec.Named> object(String name) {
        return objects.stream().flatMap(object -> object.named(name).stream()).findFirst();
    }
}
