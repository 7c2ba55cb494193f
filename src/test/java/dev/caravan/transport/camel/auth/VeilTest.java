package dev.caravan.transport.camel.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                "ab&#47;c+d=&quot;&#xE9;&#10;9",
                "ab%252Fc%25252bd%3D%22%25C3%25A9%250A9",
                "ab&sol;c&plus;d&equals;&quot;é&NewLine;9",
                "ab&amp;sol;c&amp;#43;d=&amp;amp;quot;é\n9",
                "AB/C+D=\"é\n9",
                "ab/\r\nc+d=\"é\n9",
                "ab/c=\n+d=\"é\n  9",
                "ab/c\\n+d=\\\"é\\n9",
                "a\nb/c+d=\"é\n9"
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

    /** A number stays one, and digits among others tell of a row. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        200 | {"id":1234567890123}         | {"id":1234567890123}
        200 | {"id": 12345678}             | {"id": 12345678}
        200 | [12345678, "x12345678"]      | [12345678, "x…"]
        200 | {"id":"9912345678"}          | {"id":"9912345678"}
        200 | {"id":12345678.5e3}          | {"id":12345678.5e3}
        200 | {"words":"key 12345678"}     | {"words":"key …"}
        400 | {"words":"key 1234567890"}   | {"words":"key …90"}
        """)
    void digitsSpoilNoAnswerThatTellsOfRows(int status, String body, String hidden) {
        HttpAnswer answer = new HttpAnswer(status, Map.of(), Body.of(body), 1);
        assertThat(Veil.of(List.of("12345678")).hide(answer).body().text()).isEqualTo(hidden);
    }

    @Test
    void whatHeadersQuoteIsTakenOutToo() {
        HttpAnswer answer = new HttpAnswer(
                403, Map.of("www-authenticate", List.of("Bearer error=\"0123456789AB\"", "é")), Body.of(""), 1);
        assertThat(VEIL.hide(answer).headers())
                .containsExactly(Map.entry("www-authenticate", List.of("Bearer error=\"…\"", "é")));
    }

    /** A key of a service account, in an answer as long as they come. */
    @Test
    @Timeout(20)
    void aLongSecretIsFoundInALongAnswer() {
        String key = "-----BEGIN PRIVATE KEY-----\n" + "Ab+/9".repeat(340) + "\n-----END PRIVATE KEY-----\n";
        String rows = "{\"id\": \"0031\", \"name\": \"Ab+/9Ab+/9\"},\n".repeat(500_000);
        HttpAnswer answer = new HttpAnswer(200, Map.of(), Body.of(rows + key.replace("\n", "\\n")), 1);
        assertThat(Veil.of(List.of(key)).hide(answer).body().text())
                .endsWith("},\n…\\n")
                .hasSize(rows.length() + 3);
    }

    @Test
    void whatHasNoneStaysAsItIs() {
        byte[] bytes = {(byte) 0xff, 0, 'a', 'b', '/'};
        HttpAnswer answer = new HttpAnswer(200, Map.of(), Body.of(bytes), 1);
        assertThat(VEIL.hide(answer)).isSameAs(answer);
        assertThat(VEIL.toString()).isEqualTo("Veil[…]");
    }
}
