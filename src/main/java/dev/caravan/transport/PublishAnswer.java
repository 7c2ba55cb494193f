package dev.caravan.transport;

import java.util.List;

/** What a stream said. */
public record PublishAnswer(Told told, int requests) implements Reply.Answer {

    /** An answer that cost one request. */
    public static PublishAnswer of(Told told) {
        return new PublishAnswer(told, 1);
    }

    @Override
    public PublishAnswer costing(int wire) {
        return new PublishAnswer(told, wire);
    }

    /** The different answers. */
    public sealed interface Told {}

    /** To a log-in: which cluster this is. */
    public record Cluster(String id) implements Told {}

    /**
     * To a look.
     *
     * @param exists whether there is such a topic
     * @param compacted whether of each key it keeps the last record whatever its age
     */
    public record Topic(boolean exists, boolean compacted) implements Told {}

    /** To records: one fate each, in their order. */
    public record Fates(List<Fate> fates) implements Told {
        public Fates {
            fates = List.copyOf(fates);
        }
    }

    /** What became of a record. */
    public sealed interface Fate {}

    /** All brokers that have to hold it do. */
    public record Stored(int partition, long offset) implements Fate {}

    /** It was not stored and never will be, for its own sake or for the topic's. */
    public record Refused(Reason reason, String code) implements Fate {}

    /** It was certainly not stored, and may be taken another time. */
    public record Later(String reason) implements Fate {}

    /** Nobody knows. */
    public record Unclear(String reason) implements Fate {}

    /** Why a record is refused. */
    public enum Reason {
        /** The record's own: too large, for example. */
        RECORD,
        /** The topic: it is not there, or is not what records like these need. */
        TOPIC,
        /** The rights of who sends. */
        RIGHTS
    }
}
