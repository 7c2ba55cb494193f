package dev.caravan.mapping;

import java.util.List;
import java.util.Objects;

/**
 * A destination field as described.
 *
 * @param kind what it holds
 * @param length the most characters of a text, or bytes of a binary; 0 where there is no limit
 * @param precision all digits of a number; 0 where there is no limit
 * @param scale its digits after the point
 * @param requiredOnCreate whether a new record must carry it
 * @param key whether it can identify records for an upsert
 * @param ignoreCase whether it compares text without regard to case
 * @param values the allowed values of a closed list; empty otherwise
 * @param maxAgeSeconds how old a time in it may be when it is planned; 0 where that does not matter
 * @param nativeType what the destination calls its type, for a connector that writes or compares some of a kind in another way; else empty
 */
public record TargetField(
        String name,
        Kind kind,
        int length,
        int precision,
        int scale,
        boolean createable,
        boolean updateable,
        boolean nillable,
        boolean requiredOnCreate,
        boolean key,
        boolean unique,
        boolean ignoreCase,
        List<String> values,
        long maxAgeSeconds,
        String nativeType) {

    public TargetField {
        values = List.copyOf(values);
        // A description that was kept before there was such a word is none.
        Objects.requireNonNull(nativeType);
    }

    /** A field whose times may be as old as they are. */
    public TargetField(
            String name,
            Kind kind,
            int length,
            int precision,
            int scale,
            boolean createable,
            boolean updateable,
            boolean nillable,
            boolean requiredOnCreate,
            boolean key,
            boolean unique,
            boolean ignoreCase,
            List<String> values) {
        this(
                name,
                kind,
                length,
                precision,
                scale,
                createable,
                updateable,
                nillable,
                requiredOnCreate,
                key,
                unique,
                ignoreCase,
                values,
                0,
                "");
    }

    /** A field that no description lists, of an object that takes any name; it may be the key as well. */
    public static TargetField open(String name, Kind kind) {
        return new TargetField(name, kind, 0, 0, 0, true, true, true, false, true, false, false, List.of());
    }

    /** What a field holds. */
    public enum Kind {
        TEXT,
        EMAIL,
        ENUM,
        BOOLEAN,
        INTEGER,
        NUMBER,
        DATE,
        TIME,
        /** A date and a time of day without a zone, as databases have them. */
        TIMESTAMP,
        /** A point in time. */
        INSTANT,
        /** The id of another record. */
        REFERENCE,
        /** Any JSON value, as one. */
        JSON,
        /** Bytes. */
        BINARY,
        /** Anything we never write. */
        OTHER
    }
}
