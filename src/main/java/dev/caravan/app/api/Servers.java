package dev.caravan.app.api;

import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The two HTTP servers of a worker: the local API, always on the loopback address, and health and metrics on a host of choice.
 * Camel starts and stops them with its context.
 *
 * @param apiPort never 0 once made
 * @param managementHost an address of this machine; 0.0.0.0 for all of them
 * @param managementPort never 0 once made
 */
public record Servers(int apiPort, String managementHost, int managementPort) {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int HIGHEST = 65_535;
    private static final int MAX_BODY = 64 * 1024;

    /** A port of 0 becomes one that is free now: Camel tells its servers apart by the port they were given. */
    public Servers {
        requireFree(LOOPBACK, apiPort);
        requireFree(managementHost, managementPort);
        List<Integer> free = freePorts();
        apiPort = apiPort == 0 ? free.get(0) : apiPort;
        managementPort = managementPort == 0 ? free.get(1) : managementPort;
    }

    /** Both on the loopback address and free ports, for a command that ends soon. */
    public static Servers quiet() {
        return new Servers(0, LOOPBACK, 0);
    }

    /** Camel's servers only log that they could not have their port, and the note for other processes would name a stranger's. */
    private static void requireFree(String host, int port) {
        if (port < 0 || port > HIGHEST) {
            throw new InvalidInput(
                    Problem.of(Code.USAGE, port + " is not a port", "choose one up to " + HIGHEST + ", or 0 for any"));
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port), 1);
        } catch (IOException e) {
            throw new EnvironmentFailure(Problem.of(
                    Code.ENVIRONMENT_PORT,
                    "port " + port + " on " + host + " cannot be used",
                    "stop what listens there, or choose another port, 0 for any"));
        }
    }

    private static List<Integer> freePorts() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket one = new ServerSocket(0, 1, loopback);
                ServerSocket other = new ServerSocket(0, 1, loopback)) {
            return List.of(one.getLocalPort(), other.getLocalPort());
        } catch (IOException e) {
            throw new EnvironmentFailure(Problem.of(
                    Code.ENVIRONMENT_PORT,
                    "no port on the loopback address can be had",
                    "check the limits on sockets and open files"));
        }
    }

    /** What camel-main is to be told, beside what routes need. Camel's own meters a route stay off: ours have labels instead. */
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("caravan.api", "on");
        properties.put("camel.server.enabled", "true");
        properties.put("camel.server.host", LOOPBACK);
        properties.put("camel.server.port", Integer.toString(apiPort));
        properties.put("camel.server.maxBodySize", Integer.toString(MAX_BODY));
        properties.put("camel.management.enabled", "true");
        properties.put("camel.management.host", managementHost);
        properties.put("camel.management.port", Integer.toString(managementPort));
        properties.put("camel.management.healthCheckEnabled", "true");
        properties.put("camel.management.metricsEnabled", "true");
        properties.put("camel.health.exposureLevel", "full");
        properties.put("camel.metrics.enabled", "true");
        properties.put("camel.metrics.clearOnReload", "false");
        properties.put("camel.metrics.enableMessageHistory", "false");
        properties.put("camel.metrics.enableRoutePolicy", "false");
        properties.put("camel.metrics.enableExchangeEventNotifier", "false");
        properties.put("camel.metrics.enableRouteEventNotifier", "false");
        properties.put("camel.metrics.enableInstrumentedThreadPoolFactory", "false");
        properties.put("camel.metrics.binders", "jvm-memory,jvm-gc,processor");
        return properties;
    }

    /** Where the API listens once Camel has started. */
    public URI api() {
        return at(LOOPBACK, apiPort);
    }

    /** Where health and metrics are once Camel has started, as seen from this machine. */
    public URI management() {
        return at(managementHost, managementPort);
    }

    private static URI at(String host, int port) {
        return URI.create("http://" + (host.equals("0.0.0.0") ? LOOPBACK : host) + ":" + port);
    }
}
