package dev.caravan.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON and bytes. */
class NestedValueTest {

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            { "b" : 1, "a" : [ ] }      ~ {"a":[],"b":1}
            {"a":1,"a":2}               ~ {"a":2}
            [1.0, 1, 10e-1, 100E-2]     ~ [1,1,1,1]
            [0.1234567890123456789012]  ~ [0.1234567890123456789012]
            [12345678901234567890123]   ~ [12345678901234567890123]
            [-0, 0.0, 0e999999]         ~ [0,0,0]
            [1e3, 1e400, 1e-400]        ~ [1000,1E+400,1E-400]
            "\\u0041\\/\\u00e9\\u0000\\ud83d\\ude00" ~ "A/é\\u0000😀"
            "\\ud800"                  ~ "\\ud800"
            [1,]                        ~ [1]
            [NaN, -Infinity, inf]       ~ [null,null,null]
            ` null `                    ~ null
            """)
    void jsonThatMeansTheSameIsTheSame(String written, String canonical) {
        Value.Json json = new Value.Json(written);
        assertThat(json.text()).isEqualTo(canonical);
        assertThat(new Value.Json(canonical)).isEqualTo(json);
    }

    @Test
    void jsonBeyondAllUseIsRefusedAtOnce() {
        for (String text :
                List.of("[".repeat(1_000_000), "{\"a\":".repeat(300) + "1" + "}".repeat(300), "1e99999999999")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Value.Json(text))
                    .withMessage("not a stored json");
        }
    }

    /** What is written as JSON without quotes has to be some: else one cell spoils the line or the request that it stands in. */
    @Test
    void aNumberIsOneHoweverLongItIs() {
        String many = "1".repeat(1_001);
        for (String number : List.of(many, "-0." + many, many + "e-" + many)) {
            assertThat(new Value.Json(number).text()).isEqualTo(number);
        }
        for (String text : List.of("1" + "a".repeat(1_001), many + "." + many + ".1", "--" + many, "0" + many)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Value.Json(text))
                    .withMessage("not a stored json");
        }
    }

    @Test
    void bytesAreComparedByWhatTheyAre() {
        assertThat(Value.Binary.of(new byte[] {1, 2})).isEqualTo(new Value.Binary("AQI="));
        assertThat(new Value.Binary("AQI").bytes()).containsExactly(1, 2);
        assertThat(Value.Binary.of(new byte[0]).isEmpty()).isTrue();
        for (int bytes = 0; bytes < 9; bytes++) {
            assertThat(Value.Binary.of(new byte[bytes]).size()).isEqualTo(bytes);
        }
    }
}
