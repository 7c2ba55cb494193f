package dev.caravan.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.caravan.architecture.Group.DOMAIN;
import static dev.caravan.architecture.Group.KERNEL;
import static dev.caravan.architecture.Group.MECHANISM;
import static dev.caravan.architecture.Group.ORCHESTRATION;
import static dev.caravan.architecture.Group.PORT;
import static dev.caravan.architecture.House.CLASSES;
import static dev.caravan.architecture.House.ROOMS;
import static dev.caravan.architecture.House.ROOT;
import static dev.caravan.architecture.House.in;
import static dev.caravan.architecture.House.roomOf;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import dev.caravan.architecture.House.Room;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may import whom. Every rule says why it is there and what to do instead. */
class ArchitectureTest {

    private static final DescribedPredicate<JavaClass> CAMEL = resideInAnyPackage("org.apache.camel..");
    private static final DescribedPredicate<JavaClass> JDBC = resideInAnyPackage(
            "java.sql..",
            "javax.sql..",
            "org.duckdb..",
            "org.sqlite..",
            "org.postgresql..",
            "org.mariadb..",
            "com.zaxxer..");
    private static final DescribedPredicate<JavaClass> HTTP =
            resideInAnyPackage("java.net.http..", "org.eclipse.jetty..", "com.sun.net.httpserver..");
    private static final DescribedPredicate<JavaClass> FILES = resideInAnyPackage("java.io", "java.nio.file")
            .and(describe(
                    "open files",
                    type -> type.getSimpleName().startsWith("File")
                            && !type.getSimpleName().equals("FileSystem")));

    @Test
    void everyPackageIsInTheTable() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .and(not(simpleName("package-info")))
                .should(be(describe("outside the table", type -> roomOf(type).isEmpty())))
                .allowEmptyShould(true)
                .because("every package stands on one floor: put the class into the package whose word it is, or add a"
                        + " row to House and to docs/architecture.md, with a decision record")
                .check(CLASSES);
    }

    @TestFactory
    Stream<DynamicTest> eachPackageImportsOnlyWhatItsFloorAllows() {
        return ROOMS.stream()
                .map(room -> DynamicTest.dynamicTest(
                        room.name(), () -> importsOnlyAllowed(room).check(CLASSES)));
    }

    private static ArchRule importsOnlyAllowed(Room room) {
        DescribedPredicate<JavaClass> forbidden = describe(
                "above or beside " + room.name(),
                type -> roomOf(type).filter(other -> !room.mayImport(other)).isPresent());
        return noClasses()
                .that(in(room))
                .should()
                .dependOnClassesThat(forbidden)
                .allowEmptyShould(true)
                .because(reason(room));
    }

    private static String reason(Room room) {
        return switch (room.group()) {
            case KERNEL -> "the kernel knows nothing of us: move what it wanted down into it, or the code up";
            case DOMAIN ->
                "a domain package sees the kernel and the siblings named in House: pass the value in, or"
                        + " name the sibling there and say why in a decision record";
            case PORT -> "a port is told in words of kernel and domain, so that any adapter can meet it";
            case MECHANISM -> "mechanisms work on ports alone: what differs between adapters belongs into the port";
            case ADAPTER -> "adapters never see each other: app hands one to the other as the port it implements";
            case ORCHESTRATION -> "steps see ports and mechanisms, never an adapter: app wires the adapter in";
            case EDGE -> "edges may import anything";
        };
    }

    @Test
    void firstLevelPackagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .because("packages in a circle can only be understood, tested and changed together: turn one arrow"
                        + " round with an interface in the lower package")
                .check(CLASSES);
    }

    @Test
    void kernelAndDomainArePure() {
        noClasses()
                .that(in(KERNEL, DOMAIN))
                .should()
                .dependOnClassesThat(CAMEL.or(JDBC)
                        .or(HTTP)
                        .or(FILES)
                        .or(resideInAnyPackage(
                                "com.fasterxml..",
                                "io.micrometer..",
                                "io.github.resilience4j..",
                                "org.snakeyaml..",
                                "dev.cel..",
                                "picocli..",
                                "org.slf4j..")))
                .allowEmptyShould(true)
                .because("what a sync means is tested without a database, a network or a file: put the library behind a"
                        + " port and hand in plain values")
                .check(CLASSES);
    }

    @Test
    void camelIsTheSpineAlone() {
        noClasses()
                .that(not(in("pipeline", "app", "transport.camel")))
                .should()
                .dependOnClassesThat(CAMEL)
                .allowEmptyShould(true)
                .because("routes say when, plain Java says what: unwrap the exchange in a step of pipeline and call a"
                        + " class that knows no Camel")
                .check(CLASSES);
    }

    @Test
    void connectorsDoNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".connector..")
                .should()
                .dependOnClassesThat(CAMEL.or(JDBC)
                        .or(HTTP)
                        .or(resideInAnyPackage("java.net").and(simpleName("Socket"))))
                .allowEmptyShould(true)
                .because("a connector turns state and response into the next request: return the request, and"
                        + " Transport sends it; that is how recorded exchanges can replay it")
                .check(CLASSES);
    }

    @Test
    void databasesAreReachedByAdapters() {
        noClasses()
                .that(in(PORT, MECHANISM, ORCHESTRATION))
                .should()
                .dependOnClassesThat(JDBC)
                .allowEmptyShould(true)
                .because("SQL lives in engines and stores, once a dialect: add a method to the port")
                .check(CLASSES);
    }

    @Test
    void theSandboxDoesNotKnowOurConnectors() {
        noClasses()
                .that(in("sandbox"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".connector..", ROOT + ".delivery..", ROOT + ".transport..")
                .allowEmptyShould(true)
                .because("a stand-in built from our own idea of an API would agree with our mistakes: it is written"
                        + " from recorded exchanges and judged by them")
                .check(CLASSES);
    }
}
