package dev.caravan.app.connect;

import dev.caravan.config.settings.Connection.Declared;
import dev.caravan.config.settings.Limits;
import dev.caravan.connector.kafka.KafkaDestination;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.transport.kafka.KafkaSettings;
import dev.caravan.transport.kafka.KafkaTransport;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Opens connections to Kafka clusters. */
public final class KafkaOpener implements Opener<Declared> {

    static final Limits LIMITS = new Limits(BigDecimal.valueOf(50), 2, BigDecimal.ONE, Optional.empty());

    /** When a record that was handed over is given up. */
    static final Duration DELIVERY = Duration.ofMinutes(1);

    /** A request under way when its record was given up has been dropped by its broker by then. */
    static final Duration ZOMBIES = Duration.ofMinutes(5);

    @Override
    public Opened open(Declared connection, Surroundings surroundings) {
        connection.missing().stream().findFirst().ifPresent(problem -> {
            throw new EnvironmentFailure(problem);
        });
        String security = connection.value("security").orElse("plaintext");
        KafkaSettings settings = new KafkaSettings(
                connection.value("brokers").orElse(""),
                security,
                security.startsWith("sasl_") ? Optional.of(login(connection)) : Optional.empty(),
                connection.value("certificates").map(Path::of),
                DELIVERY);
        KafkaDestination destination = new KafkaDestination(
                connection.value("consumers_dedupe").filter("true"::equals).isPresent(),
                connection.zombieWindow().orElse(ZOMBIES),
                settings.longest());
        return new Opened(
                destination,
                new KafkaTransport(settings),
                ConnectionUse.of(connection.limits().orElse(LIMITS)));
    }

    private static KafkaSettings.Login login(Declared connection) {
        Optional<String> user = connection.value("user");
        if (user.isEmpty() || !connection.settings().containsKey("password")) {
            throw new InvalidInput(Problem.at(
                    Code.YAML_MISSING_KEY,
                    connection.place(),
                    "a connection with SASL has no user or no password",
                    "say both, the password as \"{{env:NAME}}\" or \"{{file:path}}\""));
        }
        return new KafkaSettings.Login(
                connection.value("mechanism").orElse("SCRAM-SHA-512"),
                user.get(),
                () -> connection.value("password").orElse(""));
    }
}
