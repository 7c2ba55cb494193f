package dev.caravan.app.connect;

import dev.caravan.config.settings.Connection.Declared;
import dev.caravan.connector.declared.DeclaredDestination;
import dev.caravan.connector.declared.answer.Answered;
import dev.caravan.connector.declared.render.Requests;
import dev.caravan.connector.declared.spec.AccountSpec;
import dev.caravan.connector.declared.spec.AuthSpec;
import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.spec.SettingSpec;
import dev.caravan.connector.declared.template.BatchScope;
import dev.caravan.connector.declared.template.Faults;
import dev.caravan.connector.declared.template.Fill;
import dev.caravan.connector.declared.template.Known;
import dev.caravan.connector.declared.template.Root;
import dev.caravan.connector.declared.template.TextTemplate;
import dev.caravan.delivery.link.ConnectionLimits;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Request.Replay;
import dev.caravan.transport.camel.auth.AccountSource;
import dev.caravan.transport.camel.auth.Domain;
import dev.caravan.transport.camel.auth.FileTokenStore;
import dev.caravan.transport.camel.http.CamelHttpTransport;
import dev.caravan.transport.camel.http.HttpSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Opens connections on a connector that is a file. */
final class DeclaredOpener implements Opener<Declared> {

    private final ConnectorSpec spec;

    DeclaredOpener(ConnectorSpec spec) {
        this.spec = spec;
    }

    @Override
    public Opened open(Declared connection, Surroundings surroundings) {
        connection.missing().stream().findFirst().ifPresent(problem -> {
            throw new EnvironmentFailure(problem);
        });
        spec.settings().forEach(setting -> fits(connection, setting));
        Map<String, String> settings = open(connection);
        return new DeclaredOpener(spec.under(settings)).open(connection, settings, surroundings);
    }

    /** With the way of being let in that the settings have chosen. */
    private Opened open(Declared connection, Map<String, String> settings, Surroundings surroundings) {
        Duration zombies = connection.zombieWindow().orElse(spec.zombieWindow());
        ConnectionLimits limits = DeclaredLimits.of(spec.limits(), settings, connection.limits());
        HttpSettings http = HttpSettings.of(
                connection.name(),
                login -> base(connection, settings, login),
                new DeclaredAuth(spec, connection).auth(account(connection, settings)),
                limits.concurrency());
        return new Opened(
                new DeclaredDestination(spec, settings, zombies, limits.mostRows()),
                new CamelHttpTransport(
                        surroundings.camel(),
                        http,
                        new FileTokenStore(surroundings.state().resolve("tokens")),
                        surroundings.clock()),
                limits);
    }

    /** A setting's value is not shown: it may be a secret. */
    private static void fits(Declared connection, SettingSpec setting) {
        boolean misfit = setting.pattern()
                .filter(pattern -> connection
                        .value(setting.name())
                        .filter(value -> !pattern.matches(value))
                        .isPresent())
                .isPresent();
        if (misfit) {
            throw new InvalidInput(Problem.at(
                    Code.YAML_BAD_VALUE,
                    connection.place(),
                    "'" + setting.name() + "' of connection " + connection.name() + " has not the form it needs",
                    "write what matches " + setting.pattern().orElseThrow()));
        }
    }

    /** The settings that are no secrets. */
    private Map<String, String> open(Declared connection) {
        Map<String, String> open = new HashMap<>();
        spec.settings().stream()
                .filter(setting -> !setting.secret())
                .forEach(setting ->
                        connection.value(setting.name()).ifPresent(value -> open.put(setting.name(), value)));
        return open;
    }

    private AccountSource account(Declared connection, Map<String, String> settings) {
        return switch (spec.account()) {
            case AccountSpec.Of of ->
                new AccountSource.Told(login -> text(connection, of.text(), Known.of(settings, login)));
            case AccountSpec.Ask ask -> {
                Faults faults = new Faults();
                HttpRequest request = Requests.of(
                        spec,
                        ask.request(),
                        BatchScope.of(Known.of(settings, spec.auth().unknownYet())),
                        Replay.READ,
                        faults);
                if (!faults.none()) {
                    throw incomplete(connection, ask.request().path().toString());
                }
                yield new AccountSource.Asked(
                        request,
                        answer -> ask.at()
                                .text(Answered.of(answer, Map.of()).subject().found(), Map.of()));
            }
        };
    }

    /** Where requests go; nowhere if a log-in names a host that is not of its domain. */
    private String base(Declared connection, Map<String, String> settings, Map<String, String> login) {
        String base = text(connection, spec.baseUrl(), Known.of(settings, login));
        boolean told =
                spec.baseUrl().holes().stream().anyMatch(hole -> hole.ref().root() == Root.LOGIN);
        return !told || domain(connection, settings).holds(base) ? base : "";
    }

    private Domain domain(Declared connection, Map<String, String> settings) {
        String address = spec.auth()
                .tokenUrl()
                .map(url -> text(connection, url, Known.of(settings, Map.of())))
                .orElse("");
        return new Domain(
                address, spec.auth().tokens().map(AuthSpec.Tokens::hosts).orElse(List.of()));
    }

    private static String text(Declared connection, TextTemplate template, Known known) {
        Faults faults = new Faults();
        return new Fill(BatchScope.of(known), faults)
                .text(template)
                .filter(text -> faults.none())
                .orElseThrow(() -> incomplete(connection, template.toString()));
    }

    /** What a connection lacks that its connector names. */
    static InvalidInput incomplete(Declared connection, String template) {
        return new InvalidInput(Problem.at(
                Code.CONNECTION_INCOMPLETE,
                connection.place(),
                "connection " + connection.name() + " lacks what its connector needs: " + template,
                "add the key that is named there"));
    }
}
