package dev.caravan.simulation;

import dev.caravan.destination.IdempotencyClass;
import dev.caravan.ledger.Deliveries.Doubt;
import dev.caravan.snapshot.Known;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The end of a life: whether server, model and snapshot agree, record by record and field by field. */
final class Judgement {

    private final Oracle oracle;
    private final World.Sync sync;
    private final Map<String, String> wanted;
    private final Map<String, String> there;
    private final Set<String> doubtful;
    private final Map<String, Known> known = new HashMap<>();

    /**
     * About one mapping.
     *
     * @param doubts inserts of which nobody knows: of class E, and of keys that left the model when their only request was lost
     * @param snapshot what the last worker's snapshot says that the destination holds
     */
    Judgement(Oracle oracle, World.Sync sync, List<Doubt> doubts, Map<String, Known> snapshot) {
        this.oracle = oracle;
        this.sync = sync;
        this.wanted = sync.rows().rows();
        this.there = sync.server().records();
        this.doubtful =
                doubts.stream().map(doubt -> doubt.row().targetKey().text()).collect(Collectors.toSet());
        snapshot.forEach((key, row) -> known.put(ModelRows.id(key), row));
    }

    void judge() {
        wanted.forEach(this::converged);
        there.forEach(this::meant);
        known.forEach(this::remembered);
        if (!appends()) {
            Set<String> extra = new TreeSet<>(there.keySet());
            extra.removeAll(wanted.keySet());
            extra.removeAll(doubtful);
            if (!extra.isEmpty()) {
                oracle.violated("I1", sync.id() + " should not hold " + extra);
            }
        }
    }

    private boolean appends() {
        return WorkerProcess.appends(sync.idempotency());
    }

    /** What the model has is there; of what is only ever added, that which it was when it was added. */
    private void converged(String key, String value) {
        boolean right = appends() ? there.containsKey(key) : value.equals(there.get(key));
        boolean waits = sync.idempotency() == IdempotencyClass.E
                && doubtful.contains(key)
                && (!sync.server().looksUp() || sync.server().isForeign(key));
        if (!right && !Server.refuses(value) && !waits) {
            oracle.violated("I1", name(key) + " should be " + value + " and is " + there.get(key));
        }
        if (right && !doubtful.contains(key) && !known.containsKey(key)) {
            oracle.violated("I1", name(key) + " is there, and the snapshot does not know it");
        }
        if (right && !appends()) {
            scored(key);
        }
    }

    /** A field that was withheld was not forgotten: small steps add up until they are sent. */
    private void scored(String key) {
        long should = sync.rows().score(key);
        long has = sync.server().score(key);
        if (Math.abs(should - has) >= Mappings.DEAD_BAND) {
            oracle.violated("I1", name(key) + " should score " + should + " and has " + has);
        }
    }

    /** It is what the model once had for this key, and for no other. */
    private void meant(String key, String value) {
        if (!sync.rows().meant(key, value) || Server.refuses(value)) {
            oracle.violated("I1", name(key) + " is " + value + ", which the model never said of it");
        }
    }

    /** I2 when all is over: the snapshot says of every field what is really there now; and nothing of what somebody took as arrived. */
    private void remembered(String key, Known row) {
        String value = Mappings.value(row).orElse("nothing");
        boolean dropped =
                appends() && value.equals("nothing") && row.definition().isEmpty();
        if (!dropped && !value.equals(there.get(key))) {
            oracle.violated("I2", name(key) + " is said to be " + value + " and is " + there.get(key));
        }
        Optional<String> score = Mappings.score(row);
        if (score.isPresent()
                && !Objects.equals(score.get(), Long.toString(sync.server().score(key)))) {
            oracle.violated(
                    "I2",
                    name(key) + " is said to score " + score.get() + " and has "
                            + sync.server().score(key));
        }
    }

    private String name(String key) {
        return sync.id() + "/" + key;
    }
}
