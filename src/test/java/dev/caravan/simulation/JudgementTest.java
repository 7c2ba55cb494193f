package dev.caravan.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.IdempotencyClass;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import dev.caravan.snapshot.Known;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The end of a life, where something is wrong that its requests did not show. */
class JudgementTest {

    private final World world = new World(new Random(4), new Plants(), false);
    private final Map<String, Known> snapshot = new HashMap<>();

    /** A server and a snapshot that have what the model has. */
    private World.Sync agreed(IdempotencyClass idempotency) {
        World.Sync sync = world.add(idempotency);
        sync.rows().rows().keySet().forEach(key -> sync.rows().becomes(key, "v" + key.substring(1)));
        sync.rows().rows().forEach((key, value) -> {
            sync.server().records().put(key, value);
            snapshot.put("text:" + key, known(value, Map.of()));
        });
        return sync;
    }

    private static Known known(String value, Map<String, Value> withheld) {
        Row image = new Row(Map.of("v", new Value.Text(value)));
        return new Known(null, true, false, false, "v-fields", withheld, image);
    }

    private List<String> judged(World.Sync sync) {
        new Judgement(world.oracle(), sync, List.of(), snapshot).judge();
        return world.oracle().violations();
    }

    @ParameterizedTest
    @EnumSource(names = {"B", "E"})
    void whatAgreesIsRight(IdempotencyClass idempotency) {
        World.Sync sync = agreed(idempotency);
        assertThat(sync.rows().rows()).isNotEmpty();
        assertThat(judged(sync)).isEmpty();
    }

    /** The key is there, but with another value than the one that was acknowledged. */
    @ParameterizedTest
    @EnumSource(names = {"B", "E"})
    void theSnapshotSaysAnotherValue(IdempotencyClass idempotency) {
        World.Sync sync = agreed(idempotency);
        sync.rows().becomes("k1", "v77");
        snapshot.put("text:k1", known("v77", Map.of()));
        assertThat(judged(sync)).singleElement().asString().startsWith("I2 ").contains("k1");
    }

    @ParameterizedTest
    @EnumSource(names = {"B", "E"})
    void aRecordHasTheValueOfAnother(IdempotencyClass idempotency) {
        World.Sync sync = agreed(idempotency);
        sync.server().records().put("k1", "v2");
        snapshot.put("text:k1", known("v2", Map.of()));
        assertThat(judged(sync)).singleElement().asString().startsWith("I1 ").contains("k1");
    }

    @ParameterizedTest
    @EnumSource(names = {"B", "E"})
    void theSnapshotDoesNotKnowARecord(IdempotencyClass idempotency) {
        World.Sync sync = agreed(idempotency);
        snapshot.remove("text:k1");
        assertThat(judged(sync)).singleElement().asString().startsWith("I1 ").contains("k1");
    }

    @Test
    void theSnapshotKnowsARecordThatIsNotThere() {
        World.Sync sync = agreed(IdempotencyClass.B);
        sync.rows().rows().remove("k1");
        sync.server().records().remove("k1");
        assertThat(judged(sync)).singleElement().asString().startsWith("I2 ").contains("k1");
    }

    @Test
    void theSnapshotSaysAnotherScore() {
        World.Sync sync = agreed(IdempotencyClass.E);
        snapshot.put("text:k1", known("v1", Map.of("Score", new Value.Int(5))));
        assertThat(judged(sync)).singleElement().asString().startsWith("I2 ").contains("score 5");
    }
}
