package dev.caravan.simulation.fake;

import dev.caravan.contract.Check;
import dev.caravan.contract.Contract;
import dev.caravan.guard.Guardrails;
import dev.caravan.mapping.Expression;
import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.FieldSet;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.TargetKey;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnDeclaration;
import dev.caravan.model.FileFormat;
import dev.caravan.model.Model;
import dev.caravan.model.Reading;
import dev.caravan.problem.Place;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey.Equality;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A mapping of a small CSV model, in one of the ways in which a destination key can be told.
 *
 * @param source what fills the destination's key
 */
record EngineScenario(String name, ValueType id, FieldSource source, Equality equality) {

    static final String FILE = "model.csv";
    static final MappingId ID = new MappingId("test");
    static final String BAD = "bad";
    static final EngineScenario MODEL_KEY =
            new EngineScenario("model key", ValueType.TEXT, new FieldSource.Column("id"), Equality.EXACT);

    private static final Place PLACE = new Place("mappings/test.yaml", 3, 5);
    private static final Equality FOLDED = new Equality(true, true);

    static List<EngineScenario> all() {
        return List.of(
                MODEL_KEY,
                new EngineScenario("number", ValueType.INTEGER, new FieldSource.Column("id"), Equality.EXACT),
                new EngineScenario("folded", ValueType.TEXT, new FieldSource.Column("id"), FOLDED),
                new EngineScenario("another column", ValueType.TEXT, new FieldSource.Column("ext"), Equality.EXACT),
                new EngineScenario("another column, folded", ValueType.TEXT, new FieldSource.Column("ext"), FOLDED),
                new EngineScenario("computed", ValueType.TEXT, computed(), new Equality(true, false)));
    }

    @Override
    public String toString() {
        return name;
    }

    private static FieldSource computed() {
        Expression lower = row -> {
            Value ext = row.get("ext");
            Value lowered = ext.isNull() ? ext : new Value.Text(ext.text().toLowerCase(Locale.ROOT));
            return new Expression.Result.Computed(lowered);
        };
        return new FieldSource.Computed("lower(row.ext)", Set.of("ext"), Optional.of(ValueType.TEXT), lower);
    }

    boolean numbered() {
        return id == ValueType.INTEGER;
    }

    List<Column> columns() {
        return List.of(
                new Column("id", id),
                new Column("ext", ValueType.TEXT),
                new Column("v", ValueType.TEXT),
                new Column("n", ValueType.INTEGER),
                new Column("d", ValueType.DOUBLE));
    }

    /** What a row means at the destination, as one word. */
    String record(Row row) {
        Value key = row.get(source.columns().iterator().next());
        return equality.fold(key.text()).toLowerCase(Locale.ROOT);
    }

    /**
     * The mapping.
     *
     * @param narrow as it was before a column was added to it
     */
    Mapping mapping(boolean narrow) {
        Map<String, ColumnDeclaration> types = new HashMap<>();
        columns().stream()
                .filter(column -> column.type() != ValueType.TEXT)
                .forEach(column -> types.put(column.name(), new ColumnDeclaration(column.type(), Optional.empty())));
        List<FieldRule> rules = narrow
                ? List.of(rule("v", true), rule("d", false))
                : List.of(rule("v", true), rule("n", true), rule("d", false));
        return new Mapping(
                ID,
                "",
                "",
                new Model(
                        "files", new Reading.File(FILE, FileFormat.CSV), List.of("id"), types, Optional.empty(), PLACE),
                Optional.empty(),
                new Contract(
                        List.of(new Check.Sql("v <> '" + BAD + "'", PLACE)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Contract.DEFAULT_VALID_SHARE),
                new Target(
                        "crm",
                        "Lead",
                        Target.Operation.UPSERT,
                        TargetKey.of("Key__c"),
                        source,
                        Target.OnRemoved.NOTHING,
                        Target.OnUnknown.HOLD,
                        false,
                        Target.Strategy.AUTO,
                        PLACE,
                        PLACE),
                new FieldSet(rules, (narrow ? "few fields of " : "fields of ") + name(), "000000000000"),
                Guardrails.DEFAULT,
                PLACE);
    }

    private static FieldRule rule(String column, boolean triggers) {
        return new FieldRule(
                column + "__c",
                new FieldSource.Column(column),
                Optional.empty(),
                triggers,
                FieldRule.WhenEmpty.CLEAR,
                false,
                PLACE);
    }
}
