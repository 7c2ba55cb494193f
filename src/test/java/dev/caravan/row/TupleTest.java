package dev.caravan.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys of several fields are told apart, and come back from the store as they were. */
class TupleTest {

    @Test
    void noTwoKeysHaveTheSameText() {
        assertThat(tuple("a|b", "c").text()).isNotEqualTo(tuple("a", "b|c").text());
        assertThat(tuple("a\\", "b").text()).isNotEqualTo(tuple("a", "\\b").text());
        assertThat(tuple("a", "b").text()).isEqualTo("a|b");
    }

    @Test
    void aKeyIsStoredWithTheTypesOfItsParts() {
        Value key = new Value.Tuple(List.of(new Value.Text("s:|\\"), new Value.Int(7), new Value.Text("k:a")));

        assertThat(ValueCodec.decode(ValueCodec.encode(key))).isEqualTo(key);
        assertThat(ValueCodec.encode(tuple("a", "b"))).isEqualTo("k:s:a|s:b");
    }

    @Test
    void aKeyWithoutOnePartIsNone() {
        assertThat(tuple("a", " ").isEmpty()).isTrue();
        assertThat(new Value.Tuple(List.of(new Value.Int(1), Value.ofNull())).isEmpty())
                .isTrue();
        assertThat(tuple("a", "b").isEmpty()).isFalse();
    }

    private static Value.Tuple tuple(String one, String two) {
        return new Value.Tuple(List.of(new Value.Text(one), new Value.Text(two)));
    }
}
