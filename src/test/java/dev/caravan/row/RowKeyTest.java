package dev.caravan.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.caravan.row.RowKey.Equality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowKeyTest {

    @Test
    void differentPartsMakeDifferentKeys() {
        Random random = Seed.random();
        Map<String, List<Value>> seen = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            List<Value> parts = parts(random);
            List<Value> earlier =
                    seen.putIfAbsent(RowKey.of(parts, Equality.EXACT).encoded(), parts);
            assertThat(earlier == null || earlier.equals(parts))
                    .as("%s: %s", Seed.text(i), parts)
                    .isTrue();
        }
    }

    @Test
    void peopleReadThePartsAsTheyAre() {
        Random random = Seed.random();
        for (int i = 0; i < 2_000; i++) {
            List<Value> parts = parts(random);
            List<String> texts = parts.stream().map(Value::text).toList();
            assertThat(RowKey.of(parts, Equality.EXACT).display())
                    .as(Seed.text(i))
                    .isEqualTo(String.join("|", texts));
        }
    }

    @Test
    void anEmptyPartKeepsItsPlace() {
        assertThat(new RowKey("s:|s:b").display()).isEqualTo("|b");
        assertThat(new RowKey("s:a|s:").display()).isEqualTo("a|");
        assertThat(new RowKey("s:").display()).isEmpty();
    }

    @Test
    void tagAndEscapesAreFixed() {
        assertThat(RowKey.of(List.of(new Value.Text("a|b\\c"), new Value.Int(7)), Equality.EXACT)
                        .encoded())
                .isEqualTo("s:a\\|b\\\\c|i:7");
    }

    @Test
    void theDestinationsEqualityFoldsTextsAlone() {
        Equality loose = new Equality(true, true);
        assertThat(RowKey.of(List.of(new Value.Text(" ADA ")), loose))
                .isEqualTo(RowKey.of(List.of(new Value.Text("ada")), loose))
                .isNotEqualTo(RowKey.of(List.of(new Value.Text("a da")), loose));
        assertThat(RowKey.of(List.of(new Value.Text("Ada")), Equality.EXACT))
                .isNotEqualTo(RowKey.of(List.of(new Value.Text("ada")), Equality.EXACT));
        assertThat(RowKey.of(List.of(new Value.Text("1")), loose))
                .isNotEqualTo(RowKey.of(List.of(new Value.Int(1)), loose));
    }

    @Test
    void aRowWithANullPartHasNoKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowKey.of(List.of(new Value.Int(1), Value.ofNull()), Equality.EXACT));
    }

    private static List<Value> parts(Random random) {
        List<Value> parts = new ArrayList<>();
        int count = random.nextInt(1, 4);
        while (parts.size() < count) {
            parts.add(AnyValue.of(AnyValue.type(random), random));
        }
        return parts;
    }
}
