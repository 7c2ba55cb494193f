package dev.caravan.simulation;

import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Write;
import dev.caravan.ledger.Deliveries.OpenBatch;
import dev.caravan.ledger.Lease;
import dev.caravan.ledger.Ledger;
import dev.caravan.mapping.MappingId;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.snapshot.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds the invariants against what happens, at each step. Numbers as in {@code docs/invariants.md}. */
final class Oracle {

    private static final int JOBS = 2;
    private static final int JOB_ROWS = 8;
    private static final int BATCH_ROWS = 3;

    private final Scheduler scheduler;
    private final Ledger books;
    private final Reads reads;
    private final int concurrency;
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Set<String>> ever = new HashMap<>();
    private final Map<String, Integer> effects = new HashMap<>();
    private final Map<String, Acknowledged> acknowledged = new HashMap<>();
    private final Map<String, String> payloads = new HashMap<>();
    private final Map<MappingId, Long> newest = new HashMap<>();
    private final Map<MappingId, String> owners = new HashMap<>();
    private long pausedSince = Long.MAX_VALUE;

    private record Acknowledged(long sent, String effect) {

        /** Values say themselves which is newer; of a deletion only the time tells. */
        boolean newerThan(long otherSent, String other) {
            boolean values = !effect.equals(Server.GONE) && !other.equals(Server.GONE);
            return values ? Server.version(effect) > Server.version(other) : sent > otherSent;
        }
    }

    /**
     * An oracle.
     *
     * @param books reads the same ledger, without being seen
     */
    Oracle(Scheduler scheduler, Ledger books, Reads reads, int concurrency) {
        this.scheduler = scheduler;
        this.books = books;
        this.reads = reads;
        this.concurrency = concurrency;
    }

    List<String> violations() {
        return violations;
    }

    void violated(String invariant, String what) {
        if (violations.size() < 5) {
            violations.add(invariant + " at " + scheduler.now() / 1_000_000 + " ms: " + what);
        }
    }

    /** I16, I10, and for what carries rows I3 and I6: who sends has written down what, and has the lease. */
    void leaves(MappingId mapping, String sender, boolean rows, boolean removes, List<Write> writes) {
        if (!owners.getOrDefault(mapping, sender).equals(sender)) {
            violated("I10", "a request of " + sender + " left when " + owners.get(mapping) + " had the lease");
        }
        if (scheduler.now() - 1_000_000_000L > pausedSince) {
            violated("I16", "a request left while everything was paused");
        }
        if (rows) {
            List<OpenBatch> intents = books.openBatches(mapping, 0).stream()
                    .filter(open -> covers(open, writes))
                    .toList();
            if (intents.isEmpty()) {
                violated("I3", "rows left without an intent");
            } else if (removes) {
                removes(mapping, intents, writes);
            }
        }
    }

    /** I6: nothing is removed that the model had, valid or not, when it was read for this; nor without having been read. */
    private void removes(MappingId mapping, List<OpenBatch> intents, List<Write> writes) {
        for (Write write : writes) {
            String key = write.targetKey().text();
            if (intents.stream().noneMatch(open -> reads.hadLeft(open.run(), key))) {
                violated("I6", mapping + "/" + key + " is removed though the model had it");
            }
        }
    }

    /** I4, for destinations that know a repetition by a key: what has the key of another is taken for done. */
    void repeats(MappingId mapping, List<Write> writes) {
        for (Write write : writes) {
            String value = write.targetKey().text() + "=" + Server.value(write);
            String first = payloads.putIfAbsent(mapping + "/" + write.dedupeKey(), value);
            if (first != null && !first.equals(value)) {
                violated("I4", mapping + ": " + value + " left under the dedupe key of " + first);
            }
        }
    }

    private static boolean covers(OpenBatch open, List<Write> writes) {
        return open.rows().size() == writes.size()
                && open.intent()
                        .ordinals()
                        .equals(writes.stream().map(Write::ordinal).toList())
                && open.rows().getFirst().targetKey().equals(writes.getFirst().targetKey());
    }

    void paused(boolean now) {
        pausedSince = now ? scheduler.now() : Long.MAX_VALUE;
    }

    /** An effect on a record. I8: nothing older over something newer that we were told about. I4: no effect twice. */
    void applied(MappingId mapping, IdempotencyClass idempotency, String key, String effect, long sent) {
        String record = mapping + "/" + key;
        ever.computeIfAbsent(record, any -> new HashSet<>()).add(effect);
        Acknowledged newer = acknowledged.get(record);
        if (newer != null && newer.newerThan(sent, effect) && !newer.effect().equals(effect)) {
            violated("I8", record + ": " + effect + " landed after " + newer.effect() + " was acknowledged");
        }
        boolean counts = idempotency == IdempotencyClass.B || idempotency == IdempotencyClass.E;
        int times = effects.merge(counts ? record : record + "=" + effect, 1, Integer::sum);
        if (times > 1 && (counts || (idempotency == IdempotencyClass.D && !effect.equals(Server.GONE)))) {
            violated("I4", record + " took effect " + times + " times: " + effect);
        }
    }

    /** The destination told us that it holds this. */
    void acknowledged(MappingId mapping, String key, String effect, long sent) {
        acknowledged.merge(
                mapping + "/" + key,
                new Acknowledged(sent, effect),
                (before, now) -> before.newerThan(now.sent(), now.effect()) ? before : now);
    }

    /** The same, of a record's score. */
    void scored(MappingId mapping, String key, String score) {
        ever.computeIfAbsent(mapping + "/" + key + "#score", any -> new HashSet<>())
                .add(score);
    }

    /** I2: what the snapshot says was so at some time. */
    void snapshot(MappingId mapping, Map<String, Known> held) {
        held.forEach((key, known) -> {
            String record = mapping + "/" + ModelRows.id(key);
            said(record, Mappings.value(known));
            said(record + "#score", Mappings.score(known));
        });
    }

    private void said(String what, Optional<String> value) {
        if (value.isPresent() && !ever.getOrDefault(what, Set.of()).contains(value.get())) {
            violated("I2", what + " is said to hold " + value.get());
        }
    }

    /** I5: what a crash leaves unresolved is what was on its way. */
    void recovers(MappingId mapping) {
        int rows = 0;
        int jobs = 0;
        for (OpenBatch open : books.openBatches(mapping, 0)) {
            rows += open.intent().job() ? 0 : open.rows().size();
            jobs += open.intent().job() ? open.rows().size() : 0;
        }
        if (rows > concurrency * BATCH_ROWS || jobs > JOBS * JOB_ROWS) {
            violated("I5", rows + " rows of requests and " + jobs + " of jobs are unresolved");
        }
    }

    /** I10: a lease was granted. */
    void granted(Lease lease, String owner) {
        if (lease.epoch() >= newest.getOrDefault(lease.mapping(), 0L)) {
            owners.put(lease.mapping(), owner);
        }
        newest.merge(lease.mapping(), lease.epoch(), Math::max);
    }

    /** I10: a transaction under this lease was committed. */
    void committed(String call, Lease lease) {
        if (lease.epoch() < newest.getOrDefault(lease.mapping(), 0L)) {
            violated("I10", call + " of epoch " + lease.epoch() + " after epoch " + newest.get(lease.mapping()));
        }
    }

    /** I9. */
    void ended(Run run) {
        if (run.state() == RunState.DONE && !run.accounting().balances()) {
            violated("I9", "run " + run.id() + " ended with " + run.accounting().words());
        }
        if (!run.accounting().equals(books.account(run.id())) && run.state() == RunState.DONE && run.plan() != null) {
            violated(
                    "I9",
                    "run " + run.id() + " says " + run.accounting().words() + ", its rows "
                            + books.account(run.id()).words());
        }
    }

    /** I9 over all that was ever run. */
    void closed(MappingId mapping) {
        for (Run run : books.runs(Optional.of(mapping), 1_000)) {
            if (run.state() == RunState.RUNNING) {
                violated("I9", "run " + run.id() + " has no end");
            } else if (run.state() != RunState.HELD && !books.account(run.id()).balances()) {
                violated(
                        "I9",
                        "run " + run.id() + " (" + run.state() + ") does not balance: "
                                + books.account(run.id()).words());
            }
        }
    }
}
