package dev.caravan.simulation;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Write;
import dev.caravan.mapping.MappingId;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The way from a worker to a server, and all that may happen on it. */
class Network implements Transport {

    private final World world;
    private final MappingId mapping;
    private final Server server;
    private final Host host;
    private final RandomGenerator random;

    Network(World world, MappingId mapping, Server server, Host host) {
        this.world = world;
        this.mapping = mapping;
        this.server = server;
        this.host = host;
        this.random = world.random();
    }

    @Override
    public Reply login() {
        return Wire.answer(200, List.of("org"));
    }

    @Override
    public Reply send(Request request, String account) {
        boolean rows = world.wire().carriesRows(request) && !Wire.what(request).equals("create");
        List<Write> writes = rows ? world.wire().batch(request).writes() : List.of();
        world.crashPoint(host, "before " + Wire.what(request));
        boolean removes = rows && world.wire().batch(request).action() == Action.DELETE;
        world.oracle().leaves(mapping, host.name(), rows, removes, writes);
        if (world.sync(mapping).idempotency() == IdempotencyClass.B) {
            world.oracle().repeats(mapping, writes);
        }
        world.sent(rows);
        long sent = world.scheduler().now();
        Reply reply = world.faulty() ? struck(request, sent) : answered(request, sent);
        world.crashPoint(host, "after " + Wire.what(request));
        if (reply instanceof HttpAnswer answer && answer.status() == 200) {
            switch (Wire.what(request)) {
                case "rows" -> acknowledge(world.wire().batch(request), answer, sent);
                case "results" -> finished(Wire.detail(request), answer);
                default -> {}
            }
        }
        return reply;
    }

    /** What a job's results told. */
    private void finished(String job, HttpAnswer answer) {
        List<String> lines = answer.body().text().lines().toList();
        Batch batch = server.jobRows(job);
        for (Write write : batch.writes()) {
            String start = write.targetKey().text() + " ";
            lines.stream()
                    .filter(line -> line.startsWith(start))
                    .forEach(line -> acknowledge(batch, write, line.substring(start.length()), server.jobSent(job)));
        }
    }

    /** What we were told to be so, in an answer that tells it of every row. */
    private void acknowledge(Batch batch, HttpAnswer answer, long sent) {
        List<String> lines = answer.body().text().lines().toList();
        for (int i = 0;
                i < batch.writes().size() && lines.size() == batch.writes().size();
                i++) {
            acknowledge(batch, batch.writes().get(i), lines.get(i), sent);
        }
    }

    private void acknowledge(Batch batch, Write write, String told, long sent) {
        if (List.of("created", "updated", "same").contains(told)) {
            String effect = batch.action() == Action.DELETE ? Server.GONE : Server.value(write);
            world.oracle().acknowledged(mapping, write.targetKey().text(), effect, sent);
        }
    }

    private HttpAnswer answered(Request request, long sent) {
        Duration there = Duration.ofMillis(5 + random.nextInt(200));
        List<HttpAnswer> answer = new ArrayList<>(1);
        if (world.isShared()) {
            // On its way it does not stop where its sender does.
            world.scheduler().spawn(world.outside(), () -> {
                pass(there);
                answer.add(server.serve(request, sent));
            });
            world.scheduler().await(() -> !answer.isEmpty(), Wire.TIMEOUT);
        } else {
            pass(there);
            answer.add(server.serve(request, sent));
        }
        pass(Duration.ofMillis(5 + random.nextInt(200)));
        return answer.getFirst();
    }

    private void pass(Duration time) {
        world.scheduler().sleep(time);
    }

    private Reply struck(Request request, long sent) {
        int kind = random.nextInt(13);
        return switch (kind) {
            case 0 -> {
                world.struck(Fault.REFUSED);
                yield Wire.REFUSED;
            }
            case 1 -> {
                world.struck(Fault.TIMEOUT);
                yield lost("timeout", Wire.TIMEOUT);
            }
            case 2, 3 -> {
                world.struck(Fault.RESET);
                answered(request, sent);
                yield lost("reset", Duration.ZERO);
            }
            case 4, 5 -> {
                late(request, sent);
                yield lost("timeout", Wire.TIMEOUT);
            }
            case 6 -> twice(request, sent);
            case 11 -> broken(request, answered(request, sent));
            case 12 -> {
                world.struck(Fault.SLOW);
                pass(Duration.ofSeconds(1 + random.nextInt(28)));
                yield answered(request, sent);
            }
            default -> denied(kind, request, sent);
        };
    }

    /** A status instead of an answer; with 500 all the same done. */
    private Reply denied(int kind, Request request, long sent) {
        Fault fault = switch (kind) {
            case 7 -> Fault.BUSY;
            case 8 -> Fault.UNAVAILABLE;
            case 9 -> Fault.FAILED;
            default -> random.nextBoolean() ? Fault.LOGGED_OUT : Fault.FORBIDDEN;
        };
        world.struck(fault);
        if (fault == Fault.FAILED) {
            answered(request, sent);
        }
        return Wire.answer(Integer.parseInt(fault.label()), List.of());
    }

    private Reply.Lost lost(String reason, Duration after) {
        pass(after);
        return new Reply.Lost(reason, 1);
    }

    private static boolean reads(Request request) {
        return request.replay() == Request.Replay.READ;
    }

    /** Arrives twice: not where a server could not tell, since no client could help it. */
    private Reply twice(Request request, long sent) {
        HttpAnswer first = answered(request, sent);
        boolean tells = !world.isShared()
                && !world.appendsWithoutKey(mapping)
                && !first.body().text().contains("locked");
        if (tells && !reads(request)) {
            world.struck(Fault.TWICE);
            server.serve(request, sent);
        }
        return first;
    }

    /** It left, its answer is given up, and it lands when it will: within the zombie window. */
    private void late(Request request, long sent) {
        if (reads(request)) {
            world.struck(Fault.TIMEOUT);
            return;
        }
        world.struck(Fault.LATE);
        long most = ModelDestination.ZOMBIE_WINDOW.toMillis() - 60_000;
        Duration delay = Duration.ofMillis(random.nextLong(most));
        world.scheduler().spawn(world.outside(), () -> {
            world.scheduler().sleep(delay);
            server.serve(request, sent);
        });
    }

    /** Too short, too long, or garbled. But for a job's results: one that is missing there no client can make good. */
    private HttpAnswer broken(Request request, HttpAnswer answer) {
        List<String> lines = new ArrayList<>(answer.body().text().lines().toList());
        if (lines.isEmpty() || Wire.what(request).equals("results")) {
            return answer;
        }
        world.struck(Fault.GARBLED);
        switch (random.nextInt(3)) {
            case 0 -> lines.removeLast();
            case 1 -> lines.add("created");
            default -> lines.set(random.nextInt(lines.size()), "gar");
        }
        return new HttpAnswer(answer.status(), Map.of(), Body.of(String.join("\n", lines)), 1);
    }

    @Override
    public void close() {}
}
