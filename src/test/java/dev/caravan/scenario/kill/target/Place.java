package dev.caravan.scenario.kill.target;

import dev.caravan.scenario.TestBed;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Somewhere that rows are delivered to, which outlives the workers that deliver them. */
interface Place {

    /** What it is, for who reads that something went wrong. */
    String name();

    Course course();

    /** Rows of a day; so many that there are several batches, where batches are that small. */
    int rows();

    /** Batches of a run at least. */
    int batches();

    /** Concurrency × rows of a batch: what a crash may have on its way at most. */
    long onTheirWay();

    /** Whether what was lost waits for a person, who looks and says what to do. */
    default boolean inDoubt() {
        return false;
    }

    String connector();

    /** Makes room there, writes its secrets, and says what the connection has beside {@code connector}. */
    String connection(TestBed bed) throws IOException, SQLException;

    /** From {@code destination} to {@code fields} of the mapping, of the columns {@code id}, {@code email} and {@code value}. */
    String mapping();

    /** What it holds by now, value by key, as who reads it for good. Fails if a key is there twice. */
    Map<String, String> held(TestBed bed) throws IOException, SQLException;

    /** Points beside those that every run has. */
    default List<Crash> crashes() {
        return List.of();
    }

    /** Looks at it from now on without a pause, as its readers do. */
    default Looking looking(TestBed bed) {
        return new Looking() {};
    }

    /** What is looked at all the time. */
    interface Looking extends AutoCloseable {

        /** Fails if something was seen that readers must not see. */
        default void assertSound() {}

        @Override
        default void close() {}
    }
}
