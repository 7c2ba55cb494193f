package dev.caravan.scenario.kill.point;

import dev.caravan.ledger.Ledger;
import dev.caravan.source.Engine;
import dev.caravan.source.EngineSession;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Ports whose every call is two points, {@code CALL:before} and {@code CALL:after}. */
public final class Watched {

    private Watched() {}

    static Ledger ledger(Ledger ledger, Tripwire wire) {
        return of(Ledger.class, ledger, wire);
    }

    /** The engine's sessions are watched too. */
    static Engine engine(Engine engine, Tripwire wire) {
        return of(Engine.class, engine, wire);
    }

    private static <T> T of(Class<T> port, T behind, Tripwire wire) {
        Object proxy =
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (self, method, arguments) -> {
                    wire.pass(method.getName() + ":before");
                    Object result;
                    try {
                        result = method.invoke(behind, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    wire.pass(method.getName() + ":after");
                    return result instanceof EngineSession session ? of(EngineSession.class, session, wire) : result;
                });
        return port.cast(proxy);
    }
}
