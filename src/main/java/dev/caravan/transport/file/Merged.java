package dev.caravan.transport.file;

import dev.caravan.transport.StoreAnswer.Effect;
import dev.caravan.transport.StoreAnswer.Refused;
import java.util.List;

/** What came of making a next generation. */
sealed interface Merged {

    /**
     * It is written, not yet forced.
     *
     * @param rows how many it holds
     * @param effects one an entry, in their order
     */
    record Written(List<Effect> effects, long rows, List<String> columns) implements Merged {

        /** Whether it differs from the present one. */
        boolean differs() {
            return effects.stream().anyMatch(effect -> switch (effect) {
                case CREATED, CHANGED, DELETED -> true;
                case ABSENT, REPEATED, UNFIT -> false;
            });
        }
    }

    /** It cannot be made. */
    record Not(Refused why) implements Merged {}
}
