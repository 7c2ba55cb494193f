package dev.caravan.connector.salesforce.records;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.connector.salesforce.wire.Api;
import dev.caravan.connector.salesforce.wire.Item;
import dev.caravan.destination.Trace;
import dev.caravan.mapping.TargetField;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What records with an insert's key prove. Only a single one, there, made by our user, not before the insert was begun and with every
 * value that was sent, is what the insert made.
 *
 * @param user the id of the user who asks, 18 characters
 * @param fields what is compared
 * @param begun when the first intent of each insert was written, by our clock
 */
record Evidence(String user, List<TargetField> fields, List<Instant> begun) {

    /** By so much our clock may be ahead of Salesforce's. */
    static final Duration CLOCKS = Duration.ofMinutes(5);

    /** Whether a record says all that is needed. */
    static boolean readable(JsonNode record) {
        return Api.isId(record.path("Id").asText(""))
                && Api.isId(record.path("CreatedById").asText(""))
                && record.path("IsDeleted").isBoolean()
                && FieldMatch.moment(record.path("CreatedDate").asText("")).isPresent();
    }

    /**
     * The trace of one insert.
     *
     * @param askers inserts in doubt that have this key: of two, nobody could say whose a record is
     * @param records all that have it, each of them readable
     */
    Trace of(Item item, int askers, List<JsonNode> records) {
        if (records.isEmpty()) {
            return new Trace.Absent();
        }
        if (askers > 1 || records.size() > 1) {
            return new Trace.Unsure("found_several");
        }
        JsonNode record = records.getFirst();
        if (record.path("IsDeleted").booleanValue()) {
            return new Trace.Unsure("found_deleted");
        }
        if (!ours(item, record)) {
            return new Trace.Unsure("found_foreign");
        }
        return asSent(item, record)
                ? new Trace.Arrived(record.path("Id").asText())
                : new Trace.Unsure("found_differing");
    }

    /** Made by us and, as far as time tells, by this insert; not the record that the key had before. */
    private boolean ours(Item item, JsonNode record) {
        Instant earliest = begun.get(item.index()).minus(CLOCKS);
        return record.path("CreatedById").asText().equals(user)
                && !Objects.equals(record.path("Id").asText(), item.id())
                && FieldMatch.moment(record.path("CreatedDate").asText())
                        .filter(created -> !created.isBefore(earliest))
                        .isPresent();
    }

    private boolean asSent(Item item, JsonNode record) {
        return fields.stream()
                .filter(field -> item.write().fields().containsKey(field.name()))
                .allMatch(field -> FieldMatch.same(
                        field,
                        Objects.requireNonNull(item.write().fields().get(field.name())),
                        record.path(field.name())));
    }
}
