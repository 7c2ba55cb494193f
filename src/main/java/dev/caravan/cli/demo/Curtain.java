package dev.caravan.cli.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is to be let go of at the end, the latest first. Ctrl-C and the story's own end may both ask: each thing goes once. */
final class Curtain implements AutoCloseable {

    private final Deque<Runnable> ends = new ArrayDeque<>();

    synchronized void after(Runnable end) {
        ends.push(end);
    }

    @Override
    public synchronized void close() {
        while (!ends.isEmpty()) {
            ends.pop().run();
        }
    }
}
