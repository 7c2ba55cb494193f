package dev.caravan.app.connect;

import dev.caravan.connector.declared.Abilities;
import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.spec.DescribeSpec;
import dev.caravan.connector.declared.spec.FieldSpec;
import dev.caravan.connector.declared.spec.NamePattern;
import dev.caravan.connector.declared.spec.ObjectSpec;
import dev.caravan.connector.file.FileDestination;
import dev.caravan.connector.jdbc.JdbcDestination;
import dev.caravan.connector.kafka.KafkaDestination;
import dev.caravan.connector.salesforce.SalesforceDestination;
import dev.caravan.destination.Action;
import dev.caravan.destination.Capabilities;
import dev.caravan.destination.Capabilities.Ability;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What can be written to, connector by connector, as far as it is known without a connection. */
public final class Writables {

    private static final String ANY = "any column, or several together";
    private static final String UNIQUE = "the columns of a primary key or unique index";

    /** Those that no file describes. */
    private static final List<Writable> HOUSE = List.of(
            house(
                    "duckdb",
                    "DuckDB",
                    new Kind(List.of("{table}", "{schema}.{table}"), List.of(UNIQUE), all(JdbcDestination.ACTIONS))),
            house(
                    "files",
                    "Files",
                    new Kind(
                            List.of("{name}.csv", "{name}.jsonl", "{name}.ndjson", "{name}.parquet"),
                            List.of(ANY),
                            FileDestination.CAPABILITIES)),
            house("kafka", "Kafka", new Kind(List.of("{topic}"), List.of(ANY), KafkaDestination.CAPABILITIES)),
            house(
                    "mysql",
                    "MySQL and MariaDB",
                    new Kind(List.of("{table}", "{database}.{table}"), List.of(UNIQUE), all(JdbcDestination.ACTIONS))),
            house(
                    "postgres",
                    "PostgreSQL",
                    new Kind(List.of("{table}", "{schema}.{table}"), List.of(UNIQUE), all(JdbcDestination.ACTIONS))),
            house(
                    "salesforce",
                    "Salesforce",
                    new Kind(
                            List.of("{object}"),
                            List.of("external ids", "id look-ups", "Id"),
                            all(SalesforceDestination.ACTIONS))));

    private Writables() {}

    /**
     * One connector.
     *
     * @param unverified how many things it takes from its vendor's documentation alone; empty where only its README says
     */
    public record Writable(
            String name, String title, String summary, List<Kind> objects, Optional<Integer> unverified) {
        public Writable {
            objects = List.copyOf(objects);
        }
    }

    /**
     * Objects that are spoken to alike.
     *
     * @param names as a mapping names them, with {@code {parts}} that differ
     * @param keys the fields that can be a key, those of one key joined by {@code +}; in words where the account tells them or any can
     */
    public record Kind(List<String> names, List<String> keys, Capabilities can) {
        public Kind {
            names = List.copyOf(names);
            keys = List.copyOf(keys);
        }
    }

    /** All that mappings of a workspace with these connectors can write to, by name. */
    public static List<Writable> of(DeclaredConnectors connectors) {
        return Stream.concat(HOUSE.stream(), connectors.sorted().stream().map(Writables::declared))
                .sorted(Comparator.comparing(Writable::name))
                .toList();
    }

    private static Writable house(String name, String title, Kind objects) {
        return new Writable(name, title, "", List.of(objects), Optional.empty());
    }

    /** Sizes do not matter here. */
    private static Capabilities all(Set<Action> actions) {
        return Capabilities.all(actions, Ability.batches(1));
    }

    static Writable declared(ConnectorSpec spec) {
        return new Writable(
                spec.name(),
                spec.title(),
                spec.summary(),
                spec.objects().stream()
                        .map(object -> new Kind(
                                object.names().stream()
                                        .map(NamePattern::toString)
                                        .toList(),
                                keys(object),
                                Abilities.of(object)))
                        .toList(),
                Optional.of(spec.unverified().size()));
    }

    private static List<String> keys(ObjectSpec object) {
        List<String> keys = new ArrayList<>();
        switch (object.describe()) {
            case DescribeSpec.Known known -> {
                keys.addAll(keys(known.fields()));
                known.open().filter(open -> keys.isEmpty()).ifPresent(open -> keys.add("any field"));
            }
            case DescribeSpec.Asked asked -> {
                keys.addAll(keys(asked.also()));
                Optional.of("those that the account tells")
                        .filter(told -> asked.key().isPresent() || asked.keys().isPresent())
                        .ifPresent(keys::add);
            }
        }
        object.keys()
                .forEach(parts ->
                        keys.add(String.join("+", parts.stream().sorted().toList())));
        return keys;
    }

    private static List<String> keys(List<FieldSpec> fields) {
        return fields.stream().filter(FieldSpec::key).map(FieldSpec::name).toList();
    }
}
