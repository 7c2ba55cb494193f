package dev.caravan.simulation;

import java.util.ArrayList;
import java.util.List;

/** Intents that are only written when the answer is there. One thread moves at a time. */
final class Later {
    private static final ThreadLocal<List<Object>> KEPT = ThreadLocal.withInitial(ArrayList::new);

    private Later() {}

    static Object keep(Replaced.Original original, Object[] arguments) {
        KEPT.set(List.of(original, arguments));
        return 0L;
    }

    static Object begin() throws Throwable {
        return ((Replaced.Original) KEPT.get().getFirst())
                .call((Object[]) KEPT.get().getLast());
    }
}
