package dev.caravan.architecture;

import static dev.caravan.architecture.Group.ADAPTER;
import static dev.caravan.architecture.Group.DOMAIN;
import static dev.caravan.architecture.Group.EDGE;
import static dev.caravan.architecture.Group.KERNEL;
import static dev.caravan.architecture.Group.MECHANISM;
import static dev.caravan.architecture.Group.ORCHESTRATION;
import static dev.caravan.architecture.Group.PORT;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The table of packages: which there are, on which floor each stands, and which siblings on the same floor it names. It
 * is the one place to change when the house changes, together with docs/architecture.md.
 */
final class House {

    static final String ROOT = "dev.caravan";

    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(ROOT);

    /** Siblings are listed by name so that a new arrow between two packages of a floor is a decision, not an accident. */
    static final List<Room> ROOMS = List.of(
            room("row", KERNEL),
            room("problem", KERNEL),
            room("normalise", KERNEL, "problem"),
            room("model", DOMAIN),
            room("snapshot", DOMAIN),
            room("contract", DOMAIN, "model"),
            room("diff", DOMAIN, "snapshot"),
            room("guard", DOMAIN, "contract", "diff"),
            room("mapping", DOMAIN, "model", "contract", "guard"),
            room("plan", DOMAIN, "snapshot", "diff", "mapping", "guard"),
            room("run", DOMAIN, "mapping", "guard", "plan"),
            room("slo", DOMAIN, "run"),
            room("source", PORT),
            room("transport", PORT),
            room("destination", PORT, "transport"),
            room("ledger", PORT, "destination"),
            room("delivery", MECHANISM),
            room("recovery", MECHANISM),
            room("upkeep", MECHANISM),
            room("transport.camel", ADAPTER),
            room("transport.jdbc", ADAPTER),
            room("transport.file", ADAPTER, "engine.duckdb.db"),
            room("transport.kafka", ADAPTER),
            room("connector.declared", ADAPTER, "yaml"),
            room("connector.salesforce", ADAPTER),
            room("connector.jdbc", ADAPTER),
            room("connector.file", ADAPTER),
            room("connector.kafka", ADAPTER),
            room("engine.duckdb.db", ADAPTER),
            room("engine.duckdb", ADAPTER, "engine.duckdb.db"),
            room("engine.warehouse", ADAPTER),
            room("store.sql", ADAPTER),
            room("store.sqlite", ADAPTER, "store.sql"),
            room("store.postgres", ADAPTER, "store.sql"),
            room("yaml", ADAPTER),
            room("config", ADAPTER, "yaml"),
            room("telemetry", ADAPTER),
            room("pipeline", ORCHESTRATION),
            room("app", EDGE),
            room("cli", EDGE),
            room("console", EDGE),
            room("sandbox", EDGE));

    private House() {}

    /** One row of the table: a package with all below it that have no row of their own. */
    record Room(String name, Group group, Set<String> siblings) {

        boolean mayImport(Room other) {
            return equals(other) || siblings.contains(other.name) || below().contains(other.group);
        }

        private Set<Group> below() {
            return switch (group) {
                case KERNEL -> Set.of();
                case DOMAIN -> Set.of(KERNEL);
                case PORT -> Set.of(KERNEL, DOMAIN);
                case MECHANISM, ADAPTER -> Set.of(KERNEL, DOMAIN, PORT);
                case ORCHESTRATION -> Set.of(KERNEL, DOMAIN, PORT, MECHANISM);
                case EDGE -> Set.of(Group.values());
            };
        }
    }

    static Optional<Room> roomOf(JavaClass type) {
        return ROOMS.stream()
                .filter(room -> (type.getPackageName() + ".").startsWith(ROOT + "." + room.name + "."))
                .max(Comparator.comparingInt(room -> room.name.length()));
    }

    static DescribedPredicate<JavaClass> in(Room... rooms) {
        List<Room> wanted = List.of(rooms);
        return DescribedPredicate.describe(
                "in " + wanted.stream().map(Room::name).toList(),
                type -> roomOf(type).filter(wanted::contains).isPresent());
    }

    static DescribedPredicate<JavaClass> in(Group... groups) {
        return in(ROOMS.stream()
                .filter(room -> List.of(groups).contains(room.group))
                .toArray(Room[]::new));
    }

    static DescribedPredicate<JavaClass> in(String... names) {
        return in(ROOMS.stream()
                .filter(room -> List.of(names).contains(room.name))
                .toArray(Room[]::new));
    }

    private static Room room(String name, Group group, String... siblings) {
        return new Room(name, group, Set.of(siblings));
    }
}
