package dev.caravan.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"leads", "growth/lead-scores", "a/b/c_1", "0"})
    void anIdIsAPathOfPlainWords(String text) {
        assertThat(MappingId.valid(text)).isTrue();
        assertThat(new MappingId(text).fileName())
                .isEqualTo(text.replace('/', '.'))
                .doesNotContain("/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a/", "/a", "a//b", "..", "a/../b", "Growth", "a b", "-a", "a.b", "ä", "a\n"})
    void nothingElseIs(String text) {
        assertThat(MappingId.valid(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new MappingId(text));
    }
}
