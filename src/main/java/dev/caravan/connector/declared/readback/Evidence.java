package dev.caravan.connector.declared.readback;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.select.Found;
import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.ReadBackSpec;
import dev.caravan.destination.Trace;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * A record that a search has found.
 *
 * @param created when it was made, by the destination's clock
 * @param ours whether we have made it, as far as the destination tells
 * @param gone whether it was put away
 * @param fields the object that holds its fields
 */
record Evidence(String id, Instant created, boolean ours, boolean gone, JsonNode fields) {

    /** By so much our clock may be ahead of the destination's. */
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    /** Reads it; empty if something is missing that has to be there. */
    static Optional<Evidence> of(ReadBackSpec spec, Subject node) {
        Optional<String> id =
                spec.find().id().text(node.found(), node.variables()).filter(text -> !text.isBlank());
        Optional<Instant> created =
                spec.created().text(node.found(), node.variables()).flatMap(text -> moment(spec.createdAs(), text));
        List<Found> fields = spec.fields().all(node.found(), node.variables());
        if (id.isEmpty()
                || created.isEmpty()
                || fields.size() != 1
                || !fields.getFirst().node().isObject()) {
            return Optional.empty();
        }
        return Optional.of(new Evidence(
                id.get(),
                created.get(),
                spec.ours().map(when -> when.holds(node)).orElse(true),
                spec.gone().map(when -> when.holds(node)).orElse(false),
                fields.getFirst().node()));
    }

    private static Optional<Instant> moment(ReadBackSpec.Time form, String text) {
        try {
            return Optional.of(
                    switch (form) {
                        case INSTANT -> OffsetDateTime.parse(text).toInstant();
                        case EPOCH -> Instant.ofEpochSecond(Long.parseLong(text));
                        case EPOCH_MILLIS -> Instant.ofEpochMilli(Long.parseLong(text));
                    });
        } catch (DateTimeException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    /** What the only record with an insert's key proves: there, made by us, not before the insert was begun, with every value that was sent. */
    Trace proves(Item item, Instant begun) {
        if (gone) {
            return new Trace.Unsure("found_deleted");
        }
        boolean before = item.id().filter(id::equals).isPresent();
        if (!ours || before || created.isBefore(begun.minus(CLOCKS))) {
            return new Trace.Unsure("found_foreign");
        }
        boolean asSent = item.write().fields().entrySet().stream()
                .allMatch(field -> Same.value(field.getValue(), fields.path(field.getKey())));
        return asSent ? new Trace.Arrived(id) : new Trace.Unsure("found_differing");
    }
}
