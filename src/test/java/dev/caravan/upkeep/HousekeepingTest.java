package dev.caravan.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Upkeep;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.model.Model;
import dev.caravan.model.ModelSchema;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.row.RowKey;
import dev.caravan.source.Engine;
import dev.caravan.source.EngineSession;
import dev.caravan.upkeep.Housekeeping.Done;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Which mappings are swept, up to where, and from when on. */
class HousekeepingTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Terms TERMS = new Terms(Duration.ofDays(30), Duration.ofDays(90), Duration.ofHours(1));

    private final Asked ledger = new Asked();
    private boolean stopping;

    @Test
    void eachMappingIsSweptAsFarAsItsSnapshotHasCome() {
        ledger.mappings.addAll(List.of(new MappingId("synced"), new MappingId("never"), new MappingId("damaged")));
        Done done = housekeeping().clean();

        assertThat(ledger.asked)
                .containsExactly(
                        "erase synced up to 7 before 2026-08-24T12:00:00Z from 0",
                        "erase synced up to 7 before 2026-08-24T12:00:00Z from 3",
                        "prune synced up to 7 before 2026-10-23T12:00:00Z from 0",
                        "prune synced up to 7 before 2026-10-23T12:00:00Z from 3",
                        "done");
        assertThat(done.pruned()).isEqualTo(2);
        assertThat(done.erased()).isEqualTo(2);
        assertThat(done.kept())
                .containsOnlyKeys(new MappingId("never"), new MappingId("damaged"))
                .containsEntry(new MappingId("never"), "it has no snapshot");
        assertThat(done.again()).as("the damaged one may answer later").isTrue();
    }

    @Test
    void whatHasNoSnapshotIsNotAskedAgainSoon() {
        ledger.mappings.add(new MappingId("never"));
        assertThat(housekeeping().clean().again()).isFalse();
    }

    @Test
    void aStopLeavesTheRestToTheNextTime() {
        ledger.mappings.add(new MappingId("synced"));
        ledger.whileSweeping = () -> stopping = true;
        housekeeping().clean();
        assertThat(ledger.asked).containsExactly("erase synced up to 7 before 2026-08-24T12:00:00Z from 0");
    }

    @Test
    void nothingGoesWhileALostRequestMayStillLand() {
        Terms terms = new Terms(Duration.ofDays(2), Duration.ofDays(5), Duration.ofDays(1));
        assertThat(terms.journal()).isEqualTo(Duration.ofDays(3));
        assertThat(terms.values()).isEqualTo(Duration.ofDays(5));
    }

    private Housekeeping housekeeping() {
        return new Housekeeping(ledger, new Snapshots(), TERMS, () -> NOW, () -> stopping);
    }

    /** Remembers what it is asked; a sweep takes two stretches of one row each. */
    private static final class Asked implements Upkeep {

        private final List<MappingId> mappings = new ArrayList<>();
        private final List<String> asked = new ArrayList<>();
        private Runnable whileSweeping = () -> {};

        @Override
        public List<MappingId> mappings() {
            return mappings;
        }

        @Override
        public Swept prune(MappingId mapping, long applied, Instant before, Mark from) {
            return sweep("prune " + mapping + " up to " + applied + " before " + before, from);
        }

        @Override
        public Swept erase(MappingId mapping, long applied, Instant before, Mark from) {
            return sweep("erase " + mapping + " up to " + applied + " before " + before, from);
        }

        private Swept sweep(String what, Mark from) {
            asked.add(what + " from " + from.run());
            whileSweeping.run();
            return new Swept(1, from.run() == 0 ? Optional.of(new Mark(3, -1)) : Optional.empty());
        }

        @Override
        public Set<RowKey> keys(MappingId mapping, Predicate<RowKey> wanted) {
            return Set.of();
        }

        @Override
        public Forgotten forget(MappingId mapping, RowKey key, Decision decision) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Inspection inspect() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long dropOrphans() {
            return 0;
        }

        @Override
        public Optional<Instant> lastDone() {
            return Optional.empty();
        }

        @Override
        public void done() {
            asked.add("done");
        }
    }

    /** Knows where one mapping's snapshot stands, and that another's is damaged. */
    private record Snapshots() implements Engine {

        @Override
        public OptionalLong appliedSeq(MappingId mapping) {
            return switch (mapping.value()) {
                case "synced" -> OptionalLong.of(7);
                case "damaged" -> throw new RunFailure(Problem.of(Code.SNAPSHOT_DAMAGED, "it cannot be read", ""));
                default -> OptionalLong.empty();
            };
        }

        @Override
        public ModelSchema describe(Model model) {
            throw new UnsupportedOperationException();
        }

        @Override
        public EngineSession open(Mapping mapping, RowKey.Equality keyEquality) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void reset(MappingId mapping) {}

        @Override
        public void close() {}
    }
}
