package dev.caravan.simulation;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;

/** A port with some of its methods replaced, by name. */
final class Replaced {

    private Replaced() {}

    /** What is done instead. */
    @FunctionalInterface
    interface Call {
        Object on(Original original, Object[] arguments) throws Throwable;
    }

    /** The method as it was. */
    @FunctionalInterface
    interface Original {
        Object call(Object... arguments) throws Throwable;
    }

    static <T> T in(Class<T> port, T real, Map<String, Call> calls) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Object[] given = arguments == null ? new Object[0] : arguments;
            Original original = with -> {
                try {
                    return method.invoke(real, with);
                } catch (InvocationTargetException e) {
                    throw e.getTargetException();
                }
            };
            Call call = calls.get(method.getName());
            return call == null ? original.call(given) : call.on(original, given);
        };
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
    }
}
