package dev.caravan.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowTest {

    private final Row row = new Row(Map.of("a", new Value.Int(1), "b", Value.ofNull()));

    @Test
    void aNullIsThereAndAMissingColumnIsNot() {
        assertThat(row.get("b")).isEqualTo(Value.ofNull());
        assertThat(row.hasAll(Set.of("a", "b"))).isTrue();
        assertThat(row.has("c")).isFalse();
        assertThat(row.hasAll(Set.of("a", "c"))).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> row.get("c"));
    }

    @Test
    void valuesComeInTheOrderAsked() {
        assertThat(row.select(List.of("b", "a"))).containsExactly(Value.ofNull(), new Value.Int(1));
    }

    @Test
    void laterChangesOfTheSourceDoNotReachIt() {
        Map<String, Value> source = new HashMap<>(Map.of("a", new Value.Int(1)));
        Row copy = new Row(source);
        source.put("a", new Value.Int(2));
        assertThat(copy.get("a")).isEqualTo(new Value.Int(1));
    }
}
