package dev.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.contract.Contract;
import dev.caravan.guard.Guardrails;
import dev.caravan.mapping.FieldSet;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Schedule;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.TargetKey;
import dev.caravan.model.FileFormat;
import dev.caravan.model.Model;
import dev.caravan.model.Reading;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Schedules on a real Camel context and the real route templates; their fires go nowhere. */
class SchedulesTest {

    private static final Schedule DAILY = new Schedule.Cron("0 0 6 * * ?", ZoneOffset.UTC);
    private static final Schedule WEEKLY = new Schedule.Cron("0 0 6 ? * MON", ZoneOffset.UTC);
    private static final Schedule NEVER = new Schedule.Cron("0 0 0 30 2 ?", ZoneOffset.UTC);
    private static final Schedule HOURLY = new Schedule.Every(Duration.ofHours(1));
    private static final Place PLACE = Place.ofFile("mappings/some.yaml");
    private static final MappingId A = new MappingId("a");
    private static final MappingId B = new MappingId("b");

    private Function<MappingId, Optional<Instant>> last = mapping -> Optional.empty();
    private final CamelContext camel = new DefaultCamelContext();
    private final Schedules schedules =
            new Schedules(() -> camel, InstantSource.system(), mapping -> last.apply(mapping));

    @BeforeEach
    void start() throws Exception {
        camel.getRegistry().bind("enqueue", (Processor) exchange -> {});
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.resolveResource(camel, "file:routes/schedule.camel.yaml"));
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void oneThatCannotBeMadeStopsNoOther() {
        schedules.align(List.of(mapping(A, NEVER), mapping(B, DAILY)));
        assertThat(schedules.next(A)).isEmpty();
        assertThat(schedules.problem(A)).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.SCHEDULE_CRON);
            assertThat(problem.message()).contains("never fire");
        });
        assertThat(schedules.next(B)).isPresent();
        assertThat(schedules.problem(B)).isEmpty();

        schedules.align(List.of(mapping(A, NEVER), mapping(B, DAILY)));
        assertThat(schedules.problems()).hasSize(1);
        schedules.align(List.of(mapping(A, HOURLY), mapping(B, DAILY)));
        assertThat(schedules.problems()).isEmpty();
        assertThat(schedules.next(A)).isPresent();
    }

    @Test
    void aBadOneInPlaceOfAGoodOneEndsTheGoodOne() {
        schedules.align(List.of(mapping(A, DAILY)));
        schedules.align(List.of(mapping(A, NEVER)));
        assertThat(schedules.next(A)).isEmpty();
        assertThat(camel.getRoutes()).isEmpty();

        schedules.align(List.of());
        assertThat(schedules.problems()).as("of a mapping that is gone").isEmpty();
    }

    @Test
    void replacesWhatIsOtherAndKeepsWhatIsNot() {
        schedules.align(List.of(mapping(A, DAILY), mapping(B, HOURLY)));
        Object kept = camel.getRoute("schedule.b");
        Optional<?> daily = schedules.next(A);
        schedules.align(List.of(mapping(A, WEEKLY), mapping(B, HOURLY)));
        assertThat(camel.getRoute("schedule.b")).isSameAs(kept);
        assertThat(schedules.next(A)).isPresent();
        schedules.align(List.of(mapping(A, DAILY)));
        assertThat(schedules.next(A)).isEqualTo(daily);
        assertThat(camel.getRoutes()).hasSize(1);
    }

    @Test
    void everyGoesOnCountingFromTheNewestRun() {
        Instant now = Instant.now();
        last = mapping -> mapping.equals(A) ? Optional.of(now.minus(Duration.ofMinutes(20))) : Optional.empty();
        schedules.align(List.of(mapping(A, HOURLY), mapping(B, HOURLY)));
        assertThat(schedules.next(A).orElseThrow())
                .isBetween(now.plus(Duration.ofMinutes(39)), now.plus(Duration.ofMinutes(41)));
        last = mapping -> Optional.of(now.minus(Duration.ofHours(3)));
        Instant edited = Instant.now();
        schedules.align(List.of(mapping(A, new Schedule.Every(Duration.ofHours(2)))));
        assertThat(schedules.next(A).orElseThrow())
                .as("overdue, but edited just now")
                .isBetween(edited.plusSeconds(9), edited.plusSeconds(60));
    }

    private static Mapping mapping(MappingId id, Schedule schedule) {
        FieldSource key = new FieldSource.Column("id");
        return new Mapping(
                id,
                "",
                "",
                new Model(
                        "files",
                        new Reading.File("rows.csv", FileFormat.CSV),
                        List.of("id"),
                        Map.of(),
                        Optional.empty(),
                        PLACE),
                Optional.of(schedule),
                Contract.NONE,
                new Target(
                        "crm",
                        "Lead",
                        Target.Operation.UPSERT,
                        TargetKey.of("Id__c"),
                        key,
                        Target.OnRemoved.NOTHING,
                        Target.OnUnknown.HOLD,
                        false,
                        Target.Strategy.AUTO,
                        PLACE,
                        PLACE),
                new FieldSet(List.of(), "", "v"),
                Guardrails.DEFAULT,
                PLACE);
    }
}
