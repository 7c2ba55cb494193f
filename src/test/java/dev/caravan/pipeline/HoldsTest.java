package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.delivery.link.StopSignal;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.Given;
import dev.caravan.run.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What stops whom (invariant I16). */
class HoldsTest {

    private final Holds holds = new Holds();
    private final Mapping mapping = new Given().mapping();

    private StopSignal signal(Mode mode) {
        return holds.of(new Order(
                mapping, mode, Trigger.COMMAND, Optional.empty(), Optional.empty(), (step, done, total) -> {}));
    }

    @Test
    void everyScopeThatCoversARunStopsItAndNoOtherDoes() {
        for (Scope scope : Scope.over(mapping)) {
            StopSignal before = signal(Mode.SYNC);
            assertThat(before.reason()).isEmpty();
            holds.paused(Set.of(scope));
            assertThat(before.reason()).as(scope.text()).contains("paused");
            assertThat(signal(Mode.APPROVAL).reason()).as(scope.text()).contains("paused");
            holds.paused(Set.of());
        }
        holds.paused(Set.of(new Scope.OnMapping(new MappingId("another")), new Scope.OnConnection("another")));
        assertThat(signal(Mode.SYNC).reason()).isEmpty();
    }

    @Test
    void aRunThatSawAPauseEndsThoughItIsLifted() {
        StopSignal signal = signal(Mode.SYNC);
        holds.paused(Set.of(new Scope.All()));
        assertThat(signal.reason()).contains("paused");
        holds.paused(Set.of());
        assertThat(signal.reason()).contains("paused");
        assertThat(signal(Mode.SYNC).reason()).isEmpty();
    }

    @Test
    void aPreviewGoesOnWhileItsMappingAloneIsPaused() {
        Scope own = new Scope.OnMapping(mapping.id());
        holds.paused(Set.of(own));
        assertThat(signal(Mode.PREVIEW).reason()).isEmpty();
        for (Scope wider : Scope.over(mapping).subList(0, 3)) {
            holds.paused(Set.of(own, wider));
            assertThat(signal(Mode.PREVIEW).reason()).as(wider.text()).contains("paused");
        }
    }

    @Test
    void aStopHoldsForEverything() {
        StopSignal connection = holds.of(Scope.over("crm"));
        assertThat(connection.reason()).isEmpty();
        holds.paused(Set.of(new Scope.OnMapping(mapping.id())));
        assertThat(connection.reason()).as("others may use it").isEmpty();
        holds.stop();
        assertThat(connection.reason()).contains("stopped");
        assertThat(signal(Mode.PREVIEW).reason()).contains("stopped");
    }

    /** Whoever paused meanwhile could not be heard. */
    @Test
    void nobodySendsWhoCouldNotAskForTooLongWhatIsPaused() {
        long[] nanos = {7};
        Holds looking = new Holds(() -> nanos[0], Duration.ofSeconds(10));
        StopSignal connection = looking.of(Scope.over("crm"));
        nanos[0] += Duration.ofSeconds(8).toNanos();
        long asked = looking.now();
        nanos[0] += Duration.ofSeconds(1).toNanos();
        looking.looked(asked);
        nanos[0] += Duration.ofSeconds(9).toNanos() - 1;
        assertThat(connection.reason()).isEmpty();
        nanos[0]++;
        assertThat(connection.reason()).as("counts from before it was asked").contains("ledger");

        looking.looked(looking.now());
        assertThat(connection.reason()).as("once said, it stays").contains("ledger");
        assertThat(looking.of(Scope.over("crm")).reason()).isEmpty();
        nanos[0] += Duration.ofSeconds(10).toNanos();
        looking.paused(Set.of(new Scope.All()));
        assertThat(looking.of(Scope.over("crm")).reason()).contains("paused");
    }

    @Test
    void theTextOfAScopeLeadsBackToIt() {
        List<Scope> scopes = List.of(
                new Scope.All(), new Scope.OnConnection("crm_eu-1"), new Scope.OnMapping(new MappingId("a/all")));
        assertThat(scopes)
                .allSatisfy(scope -> assertThat(Scope.parse(scope.text())).contains(scope));
        for (String none :
                List.of("", "all:", "all:x", "connection:", "connection:a b", "mapping:A", "mapping", "x:y")) {
            assertThat(Scope.parse(none)).as(none).isEmpty();
        }
    }
}
