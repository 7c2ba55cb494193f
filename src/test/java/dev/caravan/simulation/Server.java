package dev.caravan.simulation;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Write;
import dev.caravan.mapping.MappingId;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** A destination of one class, as a model: what it holds, and what it answers. It survives every process. */
final class Server {

    /** Values that it refuses, alone or with all that comes along. */
    static final String BAD = "bad";

    /** Refused too, though not for being wrong in itself. */
    static final String CLASH = "clash";

    static final String POISON = "poison";
    /** What a deletion leaves. */
    static final String GONE = "gone";
    /** Who made what we made. */
    static final String US = "we";

    private final MappingId mapping;
    private final IdempotencyClass idempotency;
    private final Wire wire;
    private final Oracle oracle;
    private final Scheduler scheduler;
    private final Host world;
    private final RandomGenerator random;
    private final Map<String, String> records = new TreeMap<>();
    private final Map<String, Long> seen = new HashMap<>();
    private final Map<String, Instant> made = new TreeMap<>();
    private final Map<String, String> foreign = new TreeMap<>();
    private final boolean looksUp;
    private final Map<String, Long> scores = new TreeMap<>();
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private boolean calm;

    private static final class Job {
        private String state = "open";
        private long readyAt;
        private long sent;
        private final List<String> results = new ArrayList<>();
        private Batch batch;

        Job(Batch batch) {
            this.batch = batch;
        }
    }

    Server(
            MappingId mapping,
            IdempotencyClass idempotency,
            Wire wire,
            Oracle oracle,
            Scheduler scheduler,
            Host world,
            RandomGenerator random) {
        this.mapping = mapping;
        this.idempotency = idempotency;
        this.wire = wire;
        this.oracle = oracle;
        this.scheduler = scheduler;
        this.world = world;
        this.random = random;
        this.looksUp = idempotency == IdempotencyClass.E && random.nextInt(3) > 0;
    }

    /** Whether it can be asked what there is, of class E. */
    boolean looksUp() {
        return looksUp;
    }

    /** Somebody else makes a record with a key and value of ours. */
    void somebodyElse(String key, String value) {
        foreign.putIfAbsent(key, key + " somebody " + now().toEpochMilli() + " " + value);
    }

    /** Whether somebody else has made a record with this key. */
    boolean isForeign(String key) {
        return foreign.containsKey(key);
    }

    private Instant now() {
        return scheduler.clock(world);
    }

    private HttpAnswer look(String keys) {
        if (!looksUp) {
            return Wire.answer(404, List.of());
        }
        List<String> lines = new ArrayList<>();
        for (String key : keys.split(",", -1)) {
            if (records.containsKey(key)) {
                lines.add(key + " " + US + " " + made.get(key).toEpochMilli() + " " + records.get(key));
            }
            if (foreign.containsKey(key)) {
                lines.add(foreign.get(key));
            }
        }
        lines.addFirst("" + lines.size());
        return Wire.answer(200, lines);
    }

    void calm() {
        calm = true;
    }

    Map<String, String> records() {
        return records;
    }

    /** The score that it holds of a key; far off if it holds none. */
    long score(String key) {
        return scores.getOrDefault(key, Long.MIN_VALUE / 2);
    }

    /** Takes a request that was sent at this time, and answers. */
    HttpAnswer serve(Request request, long sent) {
        boolean unknownJob = !Wire.detail(request).isEmpty()
                && !Wire.what(request).equals("describe")
                && !Wire.what(request).equals("look")
                && !jobs.containsKey(Wire.detail(request));
        if (unknownJob) {
            return Wire.answer(404, List.of());
        }
        return switch (Wire.what(request)) {
            case "describe" -> Wire.answer(200, List.of("described"));
            case "look" -> look(Wire.detail(request));
            case "rows" -> rows(wire.batch(request), sent);
            case "create" -> {
                String id = "job" + (jobs.size() + 1);
                jobs.put(id, new Job(wire.batch(request)));
                yield Wire.answer(200, List.of(id));
            }
            case "upload" -> {
                Job job = job(request);
                job.batch = wire.batch(request);
                yield Wire.answer(job.state.equals("open") ? 200 : 404, List.of());
            }
            case "close" -> close(job(request), sent);
            case "abort" -> {
                Job job = job(request);
                job.state = job.state.equals("open") ? "aborted" : job.state;
                yield Wire.answer(200, List.of());
            }
            case "status" -> Wire.answer(200, List.of(status(job(request))));
            case "results" -> {
                List<String> lines = new ArrayList<>(job(request).results);
                Collections.shuffle(lines, java.util.Random.from(random));
                yield Wire.answer(200, lines);
            }
            default -> Wire.answer(404, List.of());
        };
    }

    private Job job(Request request) {
        return Objects.requireNonNull(jobs.get(Wire.detail(request)));
    }

    private HttpAnswer close(Job job, long sent) {
        if (job.state.equals("open")) {
            job.state = "working";
            job.sent = sent;
            job.readyAt = scheduler.now() + random.nextLong(60_000_000_000L);
        }
        return Wire.answer(200, List.of());
    }

    /** A job is worked off when its time has come; nobody looks before somebody asks. */
    private String status(Job job) {
        if (job.state.equals("working") && scheduler.now() >= job.readyAt) {
            for (Write write : job.batch.writes()) {
                job.results.add(write.targetKey().text() + " " + one(write, job.batch.action(), job.sent));
            }
            job.state = "complete";
        }
        return job.state;
    }

    /** Finishes every job that was closed. */
    void finishJobs() {
        jobs.values().forEach(this::status);
    }

    private HttpAnswer rows(Batch batch, long sent) {
        boolean poisoned =
                batch.writes().stream().anyMatch(write -> value(write).startsWith(POISON));
        if (poisoned) {
            return Wire.answer(400, List.of());
        }
        List<String> lines = new ArrayList<>();
        for (Write write : batch.writes()) {
            lines.add(one(write, batch.action(), sent));
        }
        return Wire.answer(200, lines);
    }

    /** Later values of the model have a higher one. */
    static long version(String value) {
        return Long.parseLong(value.replaceAll("\\D", ""));
    }

    /** The rows of a job. */
    Batch jobRows(String job) {
        return Objects.requireNonNull(jobs.get(job)).batch;
    }

    /** When a job was closed, which is when what it does left. */
    long jobSent(String job) {
        return Objects.requireNonNull(jobs.get(job)).sent;
    }

    /** Whether it never takes this value. */
    static boolean refuses(String value) {
        return Stream.of(BAD, CLASH, POISON).anyMatch(value::startsWith);
    }

    static String value(Write write) {
        return write.fields().containsKey("Value") ? write.fields().get("Value").text() : GONE;
    }

    /** Whether it remembers the key, from now on if it did not. */
    private boolean isSeen(String key) {
        Long first = seen.get(key);
        boolean known = first != null && scheduler.now() - first < ModelDestination.DEDUPE_WINDOW.toNanos();
        if (!known) {
            seen.put(key, scheduler.now());
        }
        return known;
    }

    private String one(Write write, Action action, long sent) {
        String key = write.targetKey().text();
        String value = action == Action.DELETE ? GONE : value(write);
        if (value.startsWith(BAD) || value.startsWith(POISON)) {
            return "bad";
        }
        if (value.startsWith(CLASH)) {
            return "conflict";
        }
        if (!calm && random.nextInt(30) == 0) {
            return "locked";
        }
        if (action == Action.DELETE && !records.containsKey(key)) {
            return "same";
        }
        if (action == Action.INSERT && idempotency == IdempotencyClass.B && isSeen(write.dedupeKey())) {
            return "same";
        }
        oracle.applied(mapping, idempotency, key, value, sent);
        if (action == Action.DELETE) {
            records.remove(key);
            scores.remove(key);
            return "updated";
        }
        made.putIfAbsent(key, now());
        Value score = write.fields().get("Score");
        if (score != null) {
            scores.put(key, Long.valueOf(score.text()));
            oracle.scored(mapping, key, score.text());
        }
        return records.put(key, value) == null ? "created" : "updated";
    }
}
