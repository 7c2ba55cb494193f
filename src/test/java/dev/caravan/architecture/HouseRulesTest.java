package dev.caravan.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.caravan.architecture.House.CLASSES;
import static dev.caravan.architecture.House.ROOT;
import static dev.caravan.architecture.House.in;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.lang.reflect.Modifier;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** How types are named and shaped, and where time, chance and exceptions come from. */
class HouseRulesTest {

    private static final Pattern BAG = Pattern.compile(".*(Utils?|Utilities|Helpers?|Managers?|Impl)");

    /** Methods whose answer is the wall clock, a wait or chance; {@code now} only without an injected clock. */
    private static final Map<String, Set<String>> CLOCKS_AND_DICE = Map.of(
            "java.lang.System", Set.of("currentTimeMillis", "nanoTime"),
            "java.lang.Thread", Set.of("sleep"),
            "java.lang.Math", Set.of("random"),
            "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system"),
            "java.time.InstantSource", Set.of("system"),
            "java.util.concurrent.ThreadLocalRandom", Set.of("current"),
            "java.util.concurrent.TimeUnit", Set.of("sleep"));

    @Test
    void noClassIsABag() {
        noClasses()
                .should(be(describe(
                        "named as a bag",
                        type -> BAG.matcher(type.getSimpleName()).matches())))
                .allowEmptyShould(true)
                .because("Util, Helper, Manager and Impl say nothing of what is inside and so collect everything: name"
                        + " the class after what it does")
                .check(CLASSES);
    }

    @Test
    void typesAreRecordsSealedEnumsOrFinal() {
        classes()
                .that(not(describe("anonymous", JavaClass::isAnonymousClass)))
                .should(be(describe("an interface, record, enum, final or sealed", HouseRulesTest::isClosed)))
                .allowEmptyShould(true)
                .because("a class that anyone may extend cannot be understood by reading it: make it final, or seal it"
                        + " with its few heirs")
                .check(CLASSES);
    }

    private static boolean isClosed(JavaClass type) {
        return type.isInterface()
                || type.isEnum()
                || type.getModifiers().contains(JavaModifier.FINAL)
                || type.reflect().isSealed()
                || Modifier.isFinal(type.reflect().getModifiers());
    }

    @Test
    void timeAndChanceAreHandedIn() {
        noClasses()
                .that(not(in("app", "sandbox", "cli")))
                .should()
                .callMethodWhere(describe("asks the clock, waits or rolls dice", HouseRulesTest::asksClockOrDice))
                .orShould()
                .callConstructor(Random.class)
                .allowEmptyShould(true)
                .because("with java.time.InstantSource, a Sleeper and a seed handed in, a test can hold the clock and a"
                        + " failure can be repeated: take them in the constructor")
                .check(CLASSES);
    }

    private static boolean asksClockOrDice(JavaAccess<? extends CodeUnitCallTarget> call) {
        CodeUnitCallTarget target = call.getTarget();
        String owner = target.getOwner().getName();
        boolean ownClock = owner.startsWith("java.time.")
                && target.getName().equals("now")
                && target.getRawParameterTypes().stream().noneMatch(type -> type.isAssignableTo(InstantSource.class));
        return ownClock || CLOCKS_AND_DICE.getOrDefault(owner, Set.of()).contains(target.getName());
    }

    @Test
    void exceptionsAreOfOneFamily() {
        noClasses()
                .that(not(in("problem")))
                .should()
                .beAssignableTo(Throwable.class)
                .allowEmptyShould(true)
                .because("what a person can act on is a coded problem with place and suggestion: throw a"
                        + " CaravanException, or return the outcome as a type")
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(CLASSES.getPackage(ROOT).getSubpackagesInTree())
                .filteredOn(somePackage -> !somePackage.getClasses().isEmpty())
                .as("NullAway checks @NullMarked packages alone: annotate package-info.java")
                .allMatch(somePackage -> somePackage.isAnnotatedWith(NullMarked.class));
    }
}
