package dev.caravan.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipeTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            googel.email | sha256.hex      ; 0  ; there is no normaliser 'googel.email'      ; google.email
            google.email | sha256          ; 15 ; there is no normaliser 'sha256'            ; sha256.hex
            phone                          ; 0  ; there is no normaliser 'phone'             ; phone.e164
            ""                             ; 0  ; a name is missing                          ; the names are
            email |                        ; 6  ; a name is missing                          ; the names are
            sha256.hex | lower             ; 13 ; nothing can follow sha256.hex              ; normalise before it
            google.email | meta.email      ; 15 ; rules of two platforms                     ; one field for each
            google.region | sha256.hex     ; 16 ; sent in the open                           ; remove sha256.hex
            email: DE                      ; 6  ; email takes no argument                    ; remove
            google.phone: Deutschland      ; 13 ; 'Deutschland' is no country                ; DE or US
            """)
    void sayWhatIsWrongAndWhere(String pipe, int offset, String message, String suggestion) {
        assertThat(Normalisers.compile(pipe)).isInstanceOfSatisfying(Compiled.Wrong.class, wrong -> {
            assertThat(wrong.offset()).isEqualTo(offset);
            assertThat(wrong.message()).contains(message);
            assertThat(wrong.suggestion()).contains(suggestion);
        });
    }

    @Test
    void spacesDoNotCountAndACountryIsWrittenByItsCode() {
        assertThat(Pipes.compiled("google.phone:deu|sha256.hex"))
                .isEqualTo(Pipes.compiled(" google.phone : DE | sha256.hex "))
                .hasToString("google.phone: DE | sha256.hex");
    }

    @Test
    void theCountryOfTheRowGoesBeforeThatOfThePipe() {
        Normaliser phone = Pipes.compiled("google.phone: DE");
        assertThat(phone.apply("0113 496 0987", Optional.of("GB"))).isEqualTo(new Normalised.Text("+441134960987"));
        assertThat(phone.apply("030 123456", Optional.of(" "))).isEqualTo(new Normalised.Text("+4930123456"));
        assertThat(phone.apply("0113 496 0987", Optional.of("nowhere")))
                .isEqualTo(new Normalised.Unusable("not_a_country"));
    }

    @Test
    void whatIsHashedAlreadyIsNotHashedAgain() {
        String hash = " 509E933019BB285A134A9334B8BB679DFF79D0CE023D529AF4BD744D47B4FD8A";
        Normalised already = new Normalised.Unusable("already_hashed");
        assertThat(Pipes.compiled("sha256.hex").apply(hash)).isEqualTo(already);
        assertThat(Pipes.compiled("google.email | sha256.hex").apply(hash)).isEqualTo(already);
        assertThat(Pipes.compiled("meta.first_name").apply(hash)).isEqualTo(already);
        assertThat(Pipes.compiled("trim").apply(hash)).isEqualTo(new Normalised.Text(hash.strip()));
    }

    @Test
    void aHashOfSomebodyElseIsRewritten() {
        String hash = " 509E933019BB285A134A9334B8BB679DFF79D0CE023D529AF4BD744D47B4FD8A ";
        assertThat(Pipes.compiled("sha256.hex").ofHash(hash))
                .isEqualTo(new Normalised.Text("509e933019bb285a134a9334b8bb679dff79d0ce023d529af4bd744d47b4fd8a"));
        assertThat(Pipes.compiled("sha256.base64").ofHash(hash))
                .isEqualTo(new Normalised.Text("UJ6TMBm7KFoTSpM0uLtnnf950M4CPVKa9L10TUe0/Yo="));
        assertThat(Pipes.compiled("sha256.hex").ofHash("ada@example.com"))
                .isEqualTo(new Normalised.Unusable("not_a_hash"));
        assertThat(Pipes.compiled("sha256.hex").ofHash(" ")).isEqualTo(Normalised.Blank.INSTANCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\u00A0", "\u3000", "\uFEFF", "\u200B\u202A\u202C", "\u0000"})
    void nothingIsNeverHashed(String blank) {
        for (String name : Normalisers.names()) {
            assertThat(Pipes.compiled(name).apply(blank)).as(name).isEqualTo(Normalised.Blank.INSTANCE);
        }
    }

    @Test
    void halfACharacterIsNotHashed() {
        assertThat(Pipes.compiled("sha256.hex").apply("a\uD800")).isEqualTo(new Normalised.Unusable("broken_text"));
    }
}
