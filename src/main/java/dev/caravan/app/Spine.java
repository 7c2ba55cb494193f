package dev.caravan.app;

import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;

/**
 * Camel: the context, the routes under {@code routes/}, and the beans they name. It starts when something first needs it, so that a
 * command that only looks does not wait for it.
 */
final class Spine implements AutoCloseable {

    /** How long Camel waits for exchanges in flight when it stops. In seconds. */
    static final int SHUTDOWN_SECONDS = 30;

    private final Main main = new Main();
    private final Runnable started;
    private @Nullable ProducerTemplate sender;

    Spine(Map<String, String> more, Runnable started) {
        this.started = started;
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("camel.main.name", "caravan");
        properties.put("camel.main.routesIncludePattern", routes());
        properties.put("camel.main.shutdownTimeout", Integer.toString(SHUTDOWN_SECONDS));
        properties.put("camel.main.shutdownLogInflightExchangesOnTimeout", "false");
        properties.put("camel.main.jmxEnabled", "false");
        properties.put("camel.main.autoConfigurationLogSummary", "false");
        properties.put("camel.main.startupSummaryLevel", "Oneline");
        properties.put("camel.component.quartz.properties[org.quartz.threadPool.threadCount]", "2");
        properties.put("camel.component.quartz.properties[org.quartz.scheduler.skipUpdateCheck]", "true");
        // Quartz keeps schedulers by name for the whole JVM: another worker's must not be taken for ours.
        properties.put(
                "camel.component.quartz.properties[org.quartz.scheduler.instanceName]", "caravan-" + UUID.randomUUID());
        properties.put("camel.component.quartz.properties[org.quartz.scheduler.jmx.export]", "false");
        properties.putAll(more);
        properties.forEach(main::addInitialProperty);
        main.configure().setAutoConfigurationEnabled(true);
        main.setPropertyPlaceholderLocations("false");
    }

    /** The folder beside the launcher; what was packaged where there is none. */
    private static String routes() {
        String home = System.getProperty("caravan.home", "");
        Path folder = Path.of(home.isEmpty() ? "." : home)
                .toAbsolutePath()
                .normalize()
                .resolve("routes");
        return Files.isDirectory(folder) ? "file:" + folder + "/*.camel.yaml" : "classpath:routes/*.camel.yaml";
    }

    void bind(String name, Object bean) {
        main.bind(name, bean);
    }

    /** Starts Camel and its servers; does nothing the second time. */
    void start() {
        sender();
    }

    private ProducerTemplate started() {
        try {
            ProducerTemplate template = Declared.call(() -> {
                main.start();
                return main.getCamelTemplate();
            });
            sender = template;
            started.run();
            return template;
        } catch (ExecutionException e) {
            throw failure(rootCause(e));
        }
    }

    private static CaravanException failure(Throwable cause) {
        // So Java refuses a new shutdown hook once it goes down, as it does after Ctrl-C during the start.
        if (cause instanceof IllegalStateException && "Shutdown in progress".equals(cause.getMessage())) {
            return new RunFailure(Problem.of(Code.RUN_STOPPED, "stopped while it started", "nothing was begun"));
        }
        return new EnvironmentFailure(Problem.of(
                Code.ENVIRONMENT_PORT,
                "Camel could not start: " + cause.getClass().getSimpleName() + ": " + cause.getMessage(),
                "check routes/ and that the ports are free"));
    }

    private static Throwable rootCause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    CamelContext context() {
        start();
        return main.getCamelContext();
    }

    synchronized ProducerTemplate sender() {
        return sender == null ? started() : sender;
    }

    @Override
    public synchronized void close() {
        if (sender != null) {
            main.stop();
        }
    }
}
