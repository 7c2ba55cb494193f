package dev.caravan.plan;

import dev.caravan.guard.Guardrails;
import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.FieldSet;
import dev.caravan.mapping.FieldSets;
import dev.caravan.mapping.Mapped;
import dev.caravan.mapping.RowMapper;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import dev.caravan.snapshot.Known;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what a row maps to now with what the destination last accepted of it, field by field, and says what caused
 * each difference. The destination's side is the older definition evaluated over the image, overridden by withheld
 * values; so an edit of the mapping plans exactly the records and fields whose values differ.
 */
final class Differences {

    private final FieldSet current;
    private final FieldSets definitions;
    private final Guardrails guardrails;
    private final Map<String, FieldSet> parsed = new HashMap<>();

    Differences(FieldSet current, FieldSets definitions, Guardrails guardrails) {
        this.current = current;
        this.definitions = definitions;
        this.guardrails = guardrails;
    }

    /** What the destination last accepted, as far as the snapshot knows. */
    Map<String, Value> accepted(Known known) {
        Map<String, Value> values = new LinkedHashMap<>(ofImage(known));
        values.putAll(known.withheld());
        return values;
    }

    /** The same; where it is in doubt what a record still has of it, what was put in of a member: by today's definition. */
    Map<String, Value> putIn(Known known) {
        boolean doubted =
                known.definition().isEmpty() && !known.image().values().isEmpty();
        return doubted ? ofImage(known, current) : accepted(known);
    }

    private Map<String, Value> ofImage(Known known) {
        return known.definition().isEmpty() ? Map.of() : ofImage(known, fieldsOf(known.definition()));
    }

    private static Map<String, Value> ofImage(Known known, FieldSet by) {
        return switch (RowMapper.mapKnown(by, known.image())) {
            case Mapped.Fields fields -> fields.values();
            case Mapped.Failed failed -> Map.of();
        };
    }

    /** The fields to send, the differences that stay unsent, and the cause. */
    Difference between(Map<String, Value> before, Map<String, Value> now, Known known) {
        Map<String, Value> send = new LinkedHashMap<>();
        Map<String, Value> withheld = new LinkedHashMap<>();
        now.forEach((field, value) -> {
            Value old = before.get(field);
            if (old != null && Numbers.same(old, value)) {
                return;
            }
            if (old != null && withinDeadBand(field, old, value)) {
                withheld.put(field, old);
            } else {
                send.put(field, value);
            }
        });
        withheld.putAll(kept(before, now));
        boolean triggered = send.keySet().stream().anyMatch(this::triggers);
        return new Difference(send, withheld, triggered, cause(send.keySet(), known));
    }

    /** An empty value that is not to clear its field leaves there what was accepted, which the new image will not tell. */
    Map<String, Value> kept(Map<String, Value> before, Map<String, Value> now) {
        Map<String, Value> kept = new LinkedHashMap<>();
        for (FieldRule rule : current.rules()) {
            Value old = before.get(rule.field());
            if (old != null && !old.isEmpty() && !now.containsKey(rule.field())) {
                kept.put(rule.field(), old);
            }
        }
        return kept;
    }

    record Difference(Map<String, Value> send, Map<String, Value> withheld, boolean triggered, Cause cause) {

        /** What stays unsent even if all of this is sent: what an empty value leaves there. */
        Map<String, Value> keptBeside(Map<String, Value> all) {
            Map<String, Value> kept = new HashMap<>(withheld);
            kept.keySet().removeAll(all.keySet());
            return kept;
        }
    }

    private boolean triggers(String field) {
        return current.rule(field).map(FieldRule::triggers).orElse(false);
    }

    /** An edit is to blame where old and new definition see different values in the same image. */
    private Cause cause(Set<String> sent, Known known) {
        if (known.definition().equals(current.definition())) {
            return Cause.MODEL;
        }
        Map<String, Value> older = ofImage(known);
        Cause cause = Cause.MODEL;
        for (String field : sent) {
            FieldRule rule = current.rule(field).orElseThrow();
            if (!known.image().hasAll(rule.source().columns())) {
                return Cause.BACKFILL;
            }
            if (!overImage(rule, known.image()).equals(Optional.ofNullable(older.get(field)))) {
                cause = Cause.EDIT;
            }
        }
        return cause;
    }

    private static Optional<Value> overImage(FieldRule rule, Row image) {
        Mapped mapped = RowMapper.map(new FieldSet(List.of(rule), "", ""), image);
        return mapped instanceof Mapped.Fields fields
                ? Optional.ofNullable(fields.values().get(rule.field()))
                : Optional.empty();
    }

    private boolean withinDeadBand(String field, Value old, Value now) {
        Guardrails.FieldLimits limits = guardrails.fields().get(field);
        if (limits == null || limits.deadBand().isEmpty()) {
            return false;
        }
        Optional<BigDecimal> from = Numbers.of(old);
        Optional<BigDecimal> to = Numbers.of(now);
        return from.isPresent()
                && to.isPresent()
                && to.get()
                                .subtract(from.get())
                                .abs()
                                .compareTo(limits.deadBand().get())
                        < 0;
    }

    private FieldSet fieldsOf(String definition) {
        return definition.equals(current.definition())
                ? current
                : parsed.computeIfAbsent(definition, definitions::parse);
    }
}
