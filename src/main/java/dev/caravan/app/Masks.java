package dev.caravan.app;

import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.Target;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hides what a mapping calls private: its fields marked {@code pii}, its destination's key if that is, the columns they read, and a
 * destination's words about them, which may quote a value. The model's own key stays: by it a row is asked for. Of a mapping that is gone, nobody knows what was private, so everything is hidden.
 */
final class Masks {

    private static final Value MASK = new Value.Text(Operations.HIDDEN);

    private final boolean everything;
    private final boolean key;
    private final Set<String> fields = new HashSet<>();
    private final Set<String> columns = new HashSet<>();

    private Masks(Optional<Mapping> mapping) {
        everything = mapping.isEmpty();
        List<FieldRule> rules = mapping.map(found -> found.fields().rules()).orElse(List.of());
        rules.stream().filter(FieldRule::pii).forEach(rule -> {
            fields.add(rule.field());
            columns.addAll(rule.source().columns());
        });
        mapping.map(Mapping::target).filter(Target::keyPrivate).ifPresent(target -> {
            fields.addAll(target.key().fields());
            columns.addAll(target.keySource().columns());
        });
        key = everything
                || mapping.map(Mapping::target).filter(Target::keyPrivate).isPresent();
    }

    /** The masks of a mapping. */
    static Masks of(Optional<Mapping> mapping) {
        return new Masks(mapping);
    }

    /** A plan row without private values. */
    PlannedWrite row(PlannedWrite row) {
        return new PlannedWrite(
                row.ordinal(),
                row.key(),
                row.kind(),
                row.cause(),
                key && !row.targetKey().isNull() ? MASK : row.targetKey(),
                row.remoteId(),
                row.createdByUs(),
                masked(row.fields(), fields),
                masked(row.before(), fields),
                new Row(masked(row.image().values(), columns)),
                row.rowHash(),
                masked(row.withheld(), fields),
                row.held(),
                row.repeats());
    }

    /** What was sent, without private values. */
    Sent sent(Sent sent) {
        return new Sent(
                sent.run(),
                sent.mapping(),
                sent.mappingVersion(),
                sent.plan(),
                row(sent.row()),
                sent.intended(),
                sent.outcome().map(this::outcome),
                sent.answered(),
                sent.erased(),
                sent.said());
    }

    private Outcome outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Rejected rejected
            when mayQuote(rejected.field()) ->
                new Outcome.Rejected(rejected.code(), rejected.field(), MASK.text(), rejected.errorClass());
            case Outcome.Rejected rejected -> rejected;
            case Outcome.Accepted accepted -> accepted;
            case Outcome.Unchanged unchanged -> unchanged;
            case Outcome.Deferred deferred -> deferred;
            case Outcome.Unknown unknown -> unknown;
        };
    }

    /** Words about no field in particular may be about a private one. */
    private boolean mayQuote(@Nullable String field) {
        return everything || (field == null ? !fields.isEmpty() : fields.contains(field));
    }

    private Map<String, Value> masked(Map<String, Value> values, Set<String> secret) {
        Map<String, Value> shown = new LinkedHashMap<>(values);
        shown.replaceAll((name, value) -> (everything || secret.contains(name)) && !value.isNull() ? MASK : value);
        return shown;
    }
}
