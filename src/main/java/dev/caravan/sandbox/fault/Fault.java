package dev.caravan.sandbox.fault;

import dev.caravan.sandbox.fault.Probe.Kind;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One ordered fault.
 *
 * @param name what lists and counters call it
 * @param method HTTP method it is limited to, or {@code PROCESS} for the batches of bulk jobs; null for any
 * @param path regular expression that must occur in the path; null for any
 * @param object API object it is limited to; null for any
 * @param operation the request's name, such as {@code collections.insert}, that it is limited to; null for any
 * @param after matching requests to let pass first
 * @param times how many requests to catch after those; {@link #ALWAYS} for no end
 */
public record Fault(
        String name,
        @Nullable String method,
        @Nullable Pattern path,
        @Nullable String object,
        @Nullable String operation,
        int after,
        int times,
        FaultAction action) {

    /** Number of times that means until removed. */
    public static final int ALWAYS = Integer.MAX_VALUE;

    /** Catches the next request of any kind the action fits, once. */
    public static Fault once(FaultAction action) {
        return new Fault(action.getClass().getSimpleName(), null, null, null, null, 0, 1, action);
    }

    public Fault on(@Nullable String newMethod, @Nullable String newPath) {
        Pattern pattern = newPath == null ? null : Pattern.compile(newPath);
        return new Fault(name, newMethod, pattern, object, operation, after, times, action);
    }

    public Fault onObject(String newObject) {
        return new Fault(name, method, path, newObject, operation, after, times, action);
    }

    public Fault after(int requests) {
        return new Fault(name, method, path, object, operation, requests, times, action);
    }

    public Fault times(int requests) {
        return new Fault(name, method, path, object, operation, after, requests, action);
    }

    boolean catches(Probe probe) {
        return fits(probe.kind())
                && (method == null || method.equalsIgnoreCase(probe.method()))
                && (path == null || path.matcher(probe.path()).find())
                && (object == null || object.equalsIgnoreCase(probe.object()))
                && (operation == null || operation.equals(probe.operation()));
    }

    /** Whether the action can be carried out on requests of this kind. */
    public boolean fits(Kind kind) {
        return switch (action) {
            case FaultAction.Transport transport -> kind != Kind.PROCESS;
            case FaultAction.Lock lock -> kind == Kind.WRITE || kind == Kind.PROCESS;
            case FaultAction.FailJob failJob -> kind == Kind.PROCESS;
            case FaultAction.ExpireTokens expire -> kind != Kind.PROCESS && kind != Kind.LOGIN;
            case FaultAction.ExhaustQuota exhaust -> kind != Kind.PROCESS && kind != Kind.LOGIN;
        };
    }
}
