package dev.caravan.plan;

import dev.caravan.diff.Change;
import java.util.List;

/** Who goes first where a row gets the destination key that another one had. */
final class PassedKeys {

    private final TargetKeys keys;
    private final Members members;

    PassedKeys(TargetKeys keys, Members members) {
        this.keys = keys;
        this.members = members;
    }

    /** Whether what has the key of this row, which left, is removed before the other row gets it; else it is that one's. */
    boolean goesFirst(Change.Wanted wanted) {
        return makesRoom(wanted) || members.stays(wanted.removed());
    }

    private boolean makesRoom(Change.Wanted wanted) {
        return wanted.moves() && keys.makesRoom();
    }

    /**
     * Whether such a write has to wait for what has its key to leave it: it would be refused for that, or be written over it, or be taken out
     * with it.
     *
     * @param left the rows with the key that left the model; none where that row is in it still
     */
    boolean hasToWait(PlannedWrite write, List<Change.Wanted> left) {
        if (left.isEmpty()) {
            return keys.follows(write) || keys.landsByKey(write);
        }
        return keys.follows(write)
                ? left.stream().anyMatch(this::makesRoom)
                : keys.landsByKey(write) && left.stream().anyMatch(one -> members.stays(one.removed()));
    }
}
