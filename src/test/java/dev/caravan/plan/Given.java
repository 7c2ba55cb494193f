package dev.caravan.plan;

import dev.caravan.contract.Contract;
import dev.caravan.diff.Change;
import dev.caravan.guard.Guardrails;
import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.FieldRule.WhenEmpty;
import dev.caravan.mapping.FieldSet;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.Target.OnRemoved;
import dev.caravan.mapping.Target.Operation;
import dev.caravan.mapping.TargetKey;
import dev.caravan.model.FileFormat;
import dev.caravan.model.Model;
import dev.caravan.model.Reading;
import dev.caravan.problem.Place;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.snapshot.Known;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of {@code id} to {@code Id__c} and what is known of one record, for tests of planning. Field {@code X} reads column
 * {@code x}.
 */
public final class Given {

    static final Place PLACE = Place.ofFile("mappings/m.yaml");
    static final RowKey KEY = new RowKey("s:k1");

    Operation operation = Operation.UPSERT;
    OnRemoved onRemoved = OnRemoved.NOTHING;
    boolean adopted;
    Target.OnRekeyed onRekeyed = Target.OnRekeyed.HOLD;
    FieldSource keySource = new FieldSource.Column("id");
    Predicate<PlannedWrite> standing = write -> false;
    Doubts doubts = Doubts.NONE;
    Fit fit = (field, value) -> Optional.empty();

    private final FieldSet current;
    private final Map<String, FieldSet> definitions = new HashMap<>();
    private final Map<String, Guardrails.FieldLimits> limits = new HashMap<>();

    public Given(FieldRule... rules) {
        current = new FieldSet(List.of(rules), "now", "v-now");
    }

    static FieldRule field(String name) {
        return rule(name, new FieldSource.Column(name.toLowerCase(Locale.ROOT)));
    }

    static FieldRule rule(String name, FieldSource source) {
        return new FieldRule(name, source, Optional.empty(), true, WhenEmpty.CLEAR, false, PLACE);
    }

    static FieldRule quiet(String name) {
        FieldRule rule = field(name);
        return new FieldRule(name, rule.source(), rule.round(), false, rule.whenEmpty(), false, PLACE);
    }

    static FieldRule kept(String name) {
        FieldRule rule = field(name);
        return new FieldRule(name, rule.source(), rule.round(), true, WhenEmpty.KEEP, false, PLACE);
    }

    static FieldRule rounded(String name, int digits) {
        FieldRule rule = field(name);
        return new FieldRule(name, rule.source(), Optional.of(digits), true, rule.whenEmpty(), false, PLACE);
    }

    /** An earlier version of the fields. */
    Given before(String definition, FieldRule... rules) {
        definitions.put(definition, new FieldSet(List.of(rules), definition, "v-" + definition));
        return this;
    }

    Given deadBand(String field, String step) {
        limits.put(field, new Guardrails.FieldLimits(Optional.of(new BigDecimal(step))));
        return this;
    }

    Planned change(Row row, Known known) {
        return planner().plan(new Change.Changed(KEY, row, 99, known));
    }

    /** A row whose last acceptance was long ago, of which so many more may be sent again. */
    Planned due(Row row, Known known, long most) {
        return planner().renewing(most).plan(new Change.Changed(KEY, row, 99, known, true));
    }

    Planned add(Row row, @Nullable Known known) {
        return planner().plan(new Change.Added(KEY, row, 99, Optional.ofNullable(known)));
    }

    Planned remove(Known known) {
        return planner().plan(new Change.Removed(KEY, known));
    }

    Planner planner() {
        return new Planner(mapping(), definitions::get, standing, doubts, fit);
    }

    public Mapping mapping() {
        return new Mapping(
                new MappingId("m"),
                "",
                "",
                new Model(
                        "files",
                        new Reading.File("m.csv", FileFormat.CSV),
                        List.of("id"),
                        Map.of(),
                        Optional.empty(),
                        PLACE),
                Optional.empty(),
                Contract.NONE,
                new Target(
                        "crm",
                        "Lead",
                        operation,
                        TargetKey.of("Id__c"),
                        keySource,
                        onRemoved,
                        Target.OnUnknown.HOLD,
                        onRekeyed,
                        Optional.empty(),
                        adopted,
                        Target.Strategy.AUTO,
                        PLACE,
                        PLACE),
                current,
                new Guardrails(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        limits),
                PLACE);
    }

    static Row row(Object... pairs) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("id", new Value.Text("k1"));
        for (int i = 0; i < pairs.length; i += 2) {
            values.put((String) pairs[i], value(pairs[i + 1]));
        }
        return new Row(values);
    }

    static Value value(@Nullable Object given) {
        return switch (given) {
            case null -> Value.ofNull();
            case Value value -> value;
            case Integer whole -> new Value.Int(whole);
            case Double real -> new Value.Real(real);
            case BigDecimal decimal -> new Value.Decimal(decimal);
            case Object other -> new Value.Text(other.toString());
        };
    }

    static Map<String, Value> mapped(Object... pairs) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put((String) pairs[i], value(pairs[i + 1]));
        }
        return values;
    }

    /** A live record that we created, accepted under the fields as they are now. */
    static Known known(Row image) {
        return known("now", image, Map.of());
    }

    static Known known(String definition, Row image, Map<String, Value> withheld) {
        return new Known("001", true, false, false, definition, withheld, image);
    }

    static Known dirty(Known known) {
        return new Known(
                known.remoteId(),
                known.createdByUs(),
                true,
                known.left(),
                known.definition(),
                known.withheld(),
                known.image());
    }

    static Known notOurs(Known known) {
        return new Known(
                known.remoteId(),
                false,
                known.dirty(),
                known.left(),
                known.definition(),
                known.withheld(),
                known.image());
    }

    static PlannedWrite written(Planned planned) {
        return ((Planned.Row) planned).write();
    }
}
