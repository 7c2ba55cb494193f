package dev.caravan.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueCodecTest {

    @Test
    void everyValueComesBackAsItWas() {
        Random random = Seed.random();
        for (int i = 0; i < 5_000; i++) {
            Value value = AnyValue.of(random);
            assertThat(ValueCodec.decode(ValueCodec.encode(value)))
                    .as(Seed.text(i))
                    .isEqualTo(value);
        }
    }

    @Test
    void noTwoValuesShareAStoredText() {
        Random random = Seed.random();
        Map<String, Value> seen = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            Value value = AnyValue.of(random);
            Value earlier = seen.putIfAbsent(ValueCodec.encode(value), value);
            assertThat(earlier == null || earlier.equals(value))
                    .as("%s: %s", Seed.text(i), value)
                    .isTrue();
        }
    }

    @Test
    void theStoredFormIsFixed() {
        assertThat(ValueCodec.encode(Value.ofNull())).isEqualTo("-");
        assertThat(ValueCodec.encode(new Value.Text("-"))).isEqualTo("s:-");
        assertThat(Arrays.stream(ValueType.values()).map(type -> type.name() + " " + type.tag()))
                .containsExactly(
                        "BOOLEAN b",
                        "INTEGER i",
                        "DECIMAL n",
                        "DOUBLE f",
                        "TEXT s",
                        "DATE d",
                        "TIME t",
                        "TIMESTAMP l",
                        "TIMESTAMPTZ z",
                        "JSON j",
                        "BINARY y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "i",
                "i4",
                "i:",
                "i:4.5",
                "n:x",
                "f:x",
                "b:yes",
                "b:TRUE",
                "d:2026-02-30",
                "t:25:00",
                "l:2026",
                "z:2026-01-01T00:00:00",
                "?:1",
                "j:",
                "j:{",
                "j:{a:1}",
                "j:1 2",
                "j:'a'",
                "j:[1 2]",
                "j:[,]",
                "j:+1",
                "j:1-2",
                "j:\"\\x\"",
                "j:\"\\u12",
                "y:a",
                "y:ada@",
                "--"
            })
    void aTextThatNoValueHasIsRefused(String stored) {
        assertThatIllegalArgumentException().isThrownBy(() -> ValueCodec.decode(stored));
    }

    @Test
    void aRefusalDoesNotQuoteTheText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ValueCodec.decode("d:ada@example.org"))
                .withMessage("not a stored date")
                .withNoCause();
    }
}
