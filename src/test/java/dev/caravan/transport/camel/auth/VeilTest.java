package dev.caravan.transport.camel.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are found however an answer writes them, and nothing else is. */
class VeilTest {

    private static final String SECRET = "ab/c+d=\"é\n9";
    private static final Veil VEIL = Veil.of(List.of(SECRET, "Bearer 0123456789ab", "test", ""));

    private static String hidden(int status, String body) {
        return VEIL.hide(new HttpAnswer(status, Map.of(), Body.of(body), 1))
                .body()
                .text();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SECRET,
                "ab/c+d=\\\"é\\n9",
                "ab\\/c\\u002bd=\\\"\\u00e9\\n9",
                "ab\\\\/c+d=\\\\\\\"é\\\\n9",
                "ab%2fc%2Bd%3D%22%c3%A9%0a9",
                "ab&#47;c+d=&quot;&#xE9;&#10;9"
            })
    void aSecretIsHiddenInEveryEscape(String written) {
        assertThat(hidden(400, "key <" + written + "> is bad")).isEqualTo("key <…> is bad");
        assertThat(hidden(200, written + written)).isEqualTo("……");
        assertThat(VEIL.hide("é " + written)).isEqualTo("é …");
    }

    @Test
    void soIsAFormsWayOfWritingIt() {
        assertThat(hidden(500, URLEncoder.encode("x " + SECRET, StandardCharsets.UTF_8)))
                .isEqualTo("x+…");
    }

    @Test
    void aPartBehindASpaceIsOneToo() {
        assertThat(hidden(401, "0123456789ab Bearer 0123456789ab Bearer")).isEqualTo("… … Bearer");
    }

    @Test
    void aShortOneSpoilsNoAnswerThatTellsOfRows() {
        assertThat(hidden(200, "a test")).isEqualTo("a test");
        assertThat(hidden(403, "a test")).isEqualTo("a …");
        assertThat(Veil.of(List.of("abc")).hide("abc")).isEqualTo("abc");
    }

    @Test
    void whatHasNoneStaysAsItIs() {
        byte[] bytes = {(byte) 0xff, 0, 'a', 'b', '/'};
        HttpAnswer answer = new HttpAnswer(200, Map.of(), Body.of(bytes), 1);
        assertThat(VEIL.hide(answer)).isSameAs(answer);
        assertThat(VEIL.toString()).isEqualTo("Veil[…]");
    }
}
