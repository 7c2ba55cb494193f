package dev.caravan.cli;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * What SIGINT and SIGTERM do: the first ends the JVM in good order, through its shutdown hooks; a second one, for a person who will
 * not wait, at once. The JVM itself would ignore the second. Exit codes are those of a shell, 130 and 143.
 */
final class Signals {

    private static final Map<String, Integer> NUMBERS = Map.of("INT", 2, "TERM", 15);
    private static final int SHELL = 128;

    private Signals() {}

    static void handle() {
        AtomicBoolean asked = new AtomicBoolean();
        NUMBERS.forEach((name, number) -> handle(name, () -> {
            if (asked.getAndSet(true)) {
                Runtime.getRuntime().halt(SHELL + number);
            }
            System.exit(SHELL + number);
        }));
    }

    /** By reflection: signals have no other way in, and a JVM that has none here keeps its own way. */
    private static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        action.run();
                        return null;
                    });
            Object one = signal.getConstructor(String.class).newInstance(name);
            signal.getMethod("handle", signal, handler).invoke(null, one, ours);
        } catch (ReflectiveOperationException e) {
            LoggerFactory.getLogger(Signals.class).debug("a second SIG{} will be ignored: {}", name, e.getClass());
        }
    }
}
