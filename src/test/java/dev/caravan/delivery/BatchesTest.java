package dev.caravan.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Capabilities;
import dev.caravan.destination.Write;
import dev.caravan.ledger.Planned;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.Target.OnRemoved;
import dev.caravan.mapping.Target.Operation;
import dev.caravan.mapping.Target.Strategy;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetKey;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.Cause;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.problem.Place;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a plan is cut. */
class BatchesTest {

    private final List<PlannedWrite> plan = new ArrayList<>();

    private void row(Kind kind, String key, @Nullable String remoteId, @Nullable String held) {
        plan.add(new PlannedWrite(
                plan.size(),
                new RowKey("s:" + key),
                kind,
                Cause.MODEL,
                new Value.Text(key),
                remoteId,
                true,
                Map.of(),
                Map.of(),
                Row.EMPTY,
                1L,
                Map.of(),
                Optional.ofNullable(held)));
    }

    private List<Batch> cut(Operation operation, OnRemoved onRemoved, Strategy strategy, boolean ignoreCase) {
        Target target = new Target(
                "crm",
                "Thing",
                operation,
                TargetKey.of("Key"),
                new FieldSource.Column("key"),
                onRemoved,
                Target.OnUnknown.HOLD,
                false,
                strategy,
                Place.ofFile("m.yaml"),
                Place.ofFile("m.yaml"));
        TargetField key = new TargetField(
                "Key", TargetField.Kind.TEXT, 80, 0, 0, true, true, false, true, true, true, ignoreCase, List.of());
        Capabilities spec = Capabilities.all(
                        EnumSet.of(Action.UPSERT, Action.INSERT, Action.UPDATE, Action.DELETE),
                        new Capabilities.Ability(3, 5, 7, Optional.empty()))
                .rekeyingBy(Action.UPDATE);
        List<Batch> batches = new ArrayList<>();
        new Batches(Planned.pages(plan), target, spec, new TargetSchema("Thing", List.of(key)), List.of(), row -> "")
                .forEachRemaining(batches::add);
        return batches;
    }

    private static List<List<Long>> ordinals(List<Batch> batches) {
        return batches.stream()
                .map(b -> b.writes().stream().map(Write::ordinal).toList())
                .toList();
    }

    @Test
    void anEmptyPlanHasNoBatch() {
        assertThat(cut(Operation.UPSERT, OnRemoved.DELETE, Strategy.AUTO, false))
                .isEmpty();
    }

    @Test
    void savesComeBeforeRemovalsAndHeldRowsNotAtAll() {
        row(Kind.REMOVE, "a", "1", null);
        row(Kind.ADD, "b", null, null);
        row(Kind.CHANGE, "c", "3", null);
        row(Kind.CHANGE, "d", "4", "some guard");
        row(Kind.ADD, "e", null, null);
        row(Kind.REMOVE, "f", "6", null);
        row(Kind.ADD, "g", null, null);
        List<Batch> batches = cut(Operation.UPSERT, OnRemoved.DELETE, Strategy.AUTO, false);
        assertThat(ordinals(batches)).containsExactly(List.of(1L, 2L, 4L), List.of(6L), List.of(0L, 5L));
        assertThat(batches).extracting(Batch::action).containsExactly(Action.UPSERT, Action.UPSERT, Action.DELETE);
        assertThat(batches).noneMatch(Batch::job);
    }

    @ParameterizedTest
    @CsvSource({"AUTO, 6, false, 2", "AUTO, 7, true, 2", "JOB, 1, true, 1", "BATCH, 12, false, 4", "AUTO, 11, true, 3"})
    void sizeOrStrategyDecidesHowRowsTravel(Strategy strategy, int rows, boolean job, int batches) {
        IntStream.range(0, rows).forEach(i -> row(Kind.ADD, "k" + i, null, null));
        List<Batch> cut = cut(Operation.INSERT, OnRemoved.NOTHING, strategy, false);
        assertThat(cut).hasSize(batches).allMatch(b -> b.job() == job && b.action() == Action.INSERT);
        assertThat(ordinals(cut).stream().flatMap(List::stream))
                .containsExactlyElementsOf(
                        IntStream.range(0, rows).mapToObj(i -> (long) i).toList());
    }

    @Test
    void aFewRemovalsBesideManySavesTravelAsABatch() {
        IntStream.range(0, 8).forEach(i -> row(Kind.ADD, "k" + i, null, null));
        row(Kind.REMOVE, "z", "1", null);
        assertThat(cut(Operation.UPDATE, OnRemoved.DELETE, Strategy.AUTO, false))
                .extracting(Batch::job)
                .containsExactly(true, true, false);
    }

    @Test
    void clearsGoByIdWhereThereIsOne() {
        row(Kind.REMOVE, "a", null, null);
        row(Kind.REMOVE, "b", "2", null);
        List<Batch> batches = cut(Operation.UPSERT, OnRemoved.CLEAR, Strategy.AUTO, false);
        assertThat(batches).extracting(Batch::action).containsExactly(Action.UPDATE, Action.UPSERT);
        assertThat(ordinals(batches)).containsExactly(List.of(1L), List.of(0L));
        assertThat(cut(Operation.UPDATE, OnRemoved.CLEAR, Strategy.AUTO, false))
                .extracting(Batch::action)
                .containsOnly(Action.UPDATE);
    }

    @ParameterizedTest
    @CsvSource({"false, 1", "true, 2"})
    void noKeyStandsTwiceInABatch(boolean ignoreCase, int batches) {
        row(Kind.ADD, "Ada", null, null);
        row(Kind.ADD, "ADA", null, null);
        row(Kind.ADD, "bob", null, null);
        assertThat(cut(Operation.UPSERT, OnRemoved.NOTHING, Strategy.AUTO, ignoreCase))
                .hasSize(batches);
        row(Kind.ADD, "bob", null, null);
        assertThat(cut(Operation.UPSERT, OnRemoved.NOTHING, Strategy.AUTO, false))
                .hasSize(2);
    }
}
