package dev.caravan.engine.duckdb;

import dev.caravan.contract.Check;
import dev.caravan.contract.Contract;
import dev.caravan.guard.Guardrails;
import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.FieldSet;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.TargetKey;
import dev.caravan.model.ColumnDeclaration;
import dev.caravan.model.FileFormat;
import dev.caravan.model.Model;
import dev.caravan.model.Reading;
import dev.caravan.problem.Place;
import dev.caravan.row.ValueType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mappings for tests, said in few words. */
final class Mappings {

    static final Place PLACE = new Place("mappings/test.yaml", 3, 5);

    private String id = "test";
    private String connection = "files";
    private Reading reading = new Reading.File("model.csv", FileFormat.CSV);
    private List<String> key = List.of("id");
    private final Map<String, ColumnDeclaration> columns = new HashMap<>();
    private Optional<String> watermark = Optional.empty();
    private final List<Check> checks = new ArrayList<>();
    private Optional<FieldSource> keySource = Optional.empty();
    private List<String> fields = List.of();
    private List<String> quiet = List.of();

    static Mappings csv(String... fields) {
        return new Mappings().fields(fields);
    }

    static Mappings sql(String sql, String... fields) {
        Mappings mapping = new Mappings().fields(fields);
        mapping.connection = "warehouse";
        mapping.reading = new Reading.Sql(sql);
        return mapping;
    }

    static Mappings table(String table, String... fields) {
        Mappings mapping = new Mappings().fields(fields);
        mapping.connection = "warehouse";
        mapping.reading = new Reading.Table(table);
        return mapping;
    }

    static Mappings file(String path, FileFormat format, String... fields) {
        Mappings mapping = new Mappings().fields(fields);
        mapping.reading = new Reading.File(path, format);
        return mapping;
    }

    Mappings id(String value) {
        this.id = value;
        return this;
    }

    Mappings connection(String value) {
        this.connection = value;
        return this;
    }

    Mappings key(String... names) {
        this.key = List.of(names);
        return this;
    }

    Mappings fields(String... names) {
        this.fields = List.of(names);
        return this;
    }

    /** What fills the destination's key; the first key column if this is not said. */
    Mappings target(FieldSource source) {
        this.keySource = Optional.of(source);
        return this;
    }

    /** Columns of fields that trigger nothing. */
    Mappings quiet(String... names) {
        this.quiet = List.of(names);
        return this;
    }

    Mappings column(String name, ValueType type) {
        columns.put(name, new ColumnDeclaration(type, Optional.empty()));
        return this;
    }

    Mappings column(String name, ValueType type, String zone) {
        columns.put(name, new ColumnDeclaration(type, Optional.of(ZoneId.of(zone))));
        return this;
    }

    Mappings watermark(String column) {
        this.watermark = Optional.of(column);
        return this;
    }

    Mappings check(Check check) {
        checks.add(check);
        return this;
    }

    Model model() {
        return new Model(connection, reading, key, columns, watermark, PLACE);
    }

    Mapping build() {
        List<FieldRule> rules = new ArrayList<>();
        fields.forEach(column -> rules.add(rule(column, true)));
        quiet.forEach(column -> rules.add(rule(column, false)));
        String definition = "fields " + fields + " quiet " + quiet;
        Contract contract = new Contract(
                checks, Optional.empty(), Optional.empty(), Optional.empty(), Contract.DEFAULT_VALID_SHARE);
        Target target = new Target(
                "crm",
                "Lead",
                Target.Operation.UPSERT,
                TargetKey.of("Key__c"),
                keySource.orElseGet(() -> new FieldSource.Column(key.getFirst())),
                Target.OnRemoved.NOTHING,
                Target.OnUnknown.HOLD,
                false,
                Target.Strategy.AUTO,
                PLACE,
                PLACE);
        return new Mapping(
                new MappingId(id),
                "",
                "",
                model(),
                Optional.empty(),
                contract,
                target,
                new FieldSet(rules, definition, "000000000000"),
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
