package dev.caravan.app.connect;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.caravan.config.settings.Connection.Declared;
import dev.caravan.config.settings.Connection.Salesforce;
import dev.caravan.config.settings.ConnectorKind;
import dev.caravan.config.settings.Limits;
import dev.caravan.config.settings.Setting;
import dev.caravan.config.settings.WorkspaceConfig;
import dev.caravan.connector.declared.Bed;
import dev.caravan.connector.declared.example.Example;
import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.spec.SettingSpec;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.Talk;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.problem.Place;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Salesforce and every declared connector of the project, opened as the worker opens them, against a server that throws back all that it
 * was sent: no secret and no token of a connection is in what anybody reads or logs afterwards.
 */
@Isolated("listens to what is logged")
class EchoedSecretsTest {

    private static final Place PLACE = new Place("caravan.yaml", 1, 1);

    private final EchoServer server = new EchoServer();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger ours = logger("dev.caravan");
    private final CamelContext camel = new DefaultCamelContext();
    private final List<String> told = new ArrayList<>();
    private Level before = Level.INFO;

    @TempDir
    private Path state;

    @BeforeEach
    void listen() {
        camel.start();
        log.start();
        before = ours.getEffectiveLevel();
        ours.setLevel(Level.TRACE);
        logger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(log);
    }

    @AfterEach
    void close() {
        logger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(log);
        ours.setLevel(before);
        server.close();
        camel.stop();
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    static List<String> connectors() throws IOException {
        return Bed.connectors();
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void nothingThatIsThrownBackShowsASecret(String name) throws IOException {
        ConnectorSpec spec = Bed.ownSpec(name);
        List<Example> examples = Bed.examples(name);
        for (EchoServer.Mode mode : EchoServer.Mode.values()) {
            server.answer(mode);
            Set<String> tried = new HashSet<>();
            Map<Map<String, String>, List<Example>> bySettings =
                    examples.stream().collect(Collectors.groupingBy(Example::settings));
            bySettings.forEach((settings, some) -> {
                Opened opened = open(spec, settings);
                try (Transport transport = opened.transport()) {
                    told.add(words(transport.login()));
                    some.stream()
                            .filter(one ->
                                    tried.add(one.object() + one.action()) || mode == EchoServer.Mode.AS_RECORDED)
                            .forEach(example -> deliver(opened, example));
                    told.add(transport + " " + opened);
                }
            });
        }
        nothingWasShown();
    }

    @Test
    void norDoesWhatSalesforceThrowsBack() {
        for (EchoServer.Mode mode : EchoServer.Mode.values()) {
            server.answer(mode);
            Opened opened = new SalesforceOpener().open(salesforce(), surroundings());
            try (Transport transport = opened.transport()) {
                told.add(words(transport.login()));
                Talk talk = new Talk(request -> sent(opened, request));
                told.add(String.valueOf(talk.toTheEnd(opened.destination().describe("Lead"))));
                for (Action action : List.of(Action.UPSERT, Action.INSERT)) {
                    told.add(String.valueOf(talk.toTheEnd(opened.destination().deliver(leads(action, false)))));
                    told.add(String.valueOf(talk.toTheEnd(opened.destination().deliver(leads(action, true)))));
                }
                told.addAll(talk.remembered);
                told.add(transport + " " + opened);
            }
        }
        nothingWasShown();
    }

    private static Batch leads(Action action, boolean job) {
        Write write = new Write(
                1, PlannedWrite.Kind.ADD, new Value.Text("k"), null, Map.of("LastName", new Value.Text("Name")));
        return new Batch(
                action,
                job,
                "Lead",
                "Ext__c",
                new TargetSchema("Lead", List.of(), Optional.of(TargetField.Kind.OTHER)),
                List.of(write));
    }

    private Salesforce salesforce() {
        Setting secret = new Setting.Literal(EchoServer.secret("client_secret"), PLACE);
        return new Salesforce(
                "crm",
                new Setting.Literal(server.url(), PLACE),
                new Setting.Literal("client", PLACE),
                new Salesforce.Proof.ClientSecret(secret),
                "66.0",
                Limits.DEFAULT,
                Optional.empty(),
                Salesforce.Duplicates.OBEY,
                PLACE);
    }

    private void nothingWasShown() {
        assertThat(shows(server.seen()))
                .as("secrets were shown to the destination")
                .isTrue();
        assertThat(told.stream().anyMatch(words -> words.startsWith("Done[") && words.contains(EchoServer.MARK)))
                .as("the destination's words came through")
                .isTrue();
        assertThat(told.stream().filter(EchoedSecretsTest::shows)).isEmpty();
        assertThat(log.list.stream().map(EchoedSecretsTest::text).filter(EchoedSecretsTest::shows))
                .isEmpty();
    }

    private static boolean shows(String words) {
        return words.contains(EchoServer.CORE) || words.contains(EchoServer.BASE64);
    }

    private static String text(ILoggingEvent line) {
        return line.getFormattedMessage()
                + (line.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(line.getThrowableProxy()));
    }

    private void deliver(Opened opened, Example example) {
        if (example.action().isEmpty()) {
            lookUp(opened, example);
            return;
        }
        Batch batch = new Batch(
                example.action().get(),
                example.job(),
                example.object(),
                example.key(),
                new TargetSchema(example.object(), List.of(), Optional.of(TargetField.Kind.OTHER)),
                example.rows());
        Talk talk = new Talk(request -> sent(opened, request));
        told.add(String.valueOf(talk.toTheEnd(opened.destination().describe(example.object()))));
        server.script(example);
        told.add(String.valueOf(talk.toTheEnd(opened.destination().deliver(batch))));
        told.addAll(talk.remembered);
    }

    private void lookUp(Opened opened, Example example) {
        server.script(example);
        List<Value> keys = example.rows().stream().map(Write::targetKey).toList();
        Talk talk = new Talk(request -> sent(opened, request));
        told.add(String.valueOf(talk.toTheEnd(opened.destination()
                .identify(example.object(), example.key().fields().getFirst(), keys)
                .orElseThrow())));
    }

    private Reply sent(Opened opened, Request request) {
        Reply reply = opened.transport().send(request, "");
        told.add(words(reply));
        told.add(opened.destination().observe(reply, Instant.EPOCH).toString());
        return reply;
    }

    private static String words(Reply reply) {
        return reply instanceof HttpAnswer answer ? answer + answer.body().text() : reply.toString();
    }

    private static String usual(SettingSpec setting) {
        return setting.byDefault()
                .or(() -> setting.oneOf().stream().findFirst())
                .orElse("7");
    }

    private Opened open(ConnectorSpec spec, Map<String, String> said) {
        Map<String, Setting> settings = new HashMap<>();
        said.forEach((setting, value) -> settings.put(setting, new Setting.Literal(value, PLACE)));
        for (SettingSpec setting : spec.settings()) {
            if (setting.secret()) {
                settings.put(setting.name(), new Setting.Literal(EchoServer.secret(setting.name()), PLACE));
            } else if (setting.kind() == SettingSpec.Kind.ADDRESS) {
                settings.put(setting.name(), new Setting.Literal(server.url(), PLACE));
            } else if (setting.required() || setting.byDefault().isPresent()) {
                settings.computeIfAbsent(setting.name(), any -> new Setting.Literal(usual(setting), PLACE));
            }
        }
        Declared connection = new Declared(
                "api",
                new ConnectorKind(spec.name(), false, true, List.of()),
                settings,
                Optional.empty(),
                Optional.empty(),
                PLACE);
        return new DeclaredOpener(spec).open(connection, surroundings());
    }

    private Opener.Surroundings surroundings() {
        return new Opener.Surroundings(
                camel, InstantSource.fixed(DeclaredBed.NOW), state, new WorkspaceConfig.Engine(1, 1, state));
    }
}
