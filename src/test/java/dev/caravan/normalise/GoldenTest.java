package dev.caravan.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of the platforms, and the traps of each rule. In results {@code !} marks a reason, {@code (blank)} nothing. */
class GoldenTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            email                ; ' Ada.Lovelace@Example.COM '   ; ada.lovelace@example.com
            email                ; 'n/a'                          ; !not_an_email
            email                ; 'a b@example.com'              ; !not_an_email
            email                ; 'a@b@example.com'              ; !not_an_email
            email                ; '@example.com'                 ; !not_an_email
            email                ; 'ＡＤＡ＠ｅｘａｍｐｌｅ．ｃｏｍ' ; ada@example.com
            linkedin.email       ; 'Ada@Example.com'              ; ada@example.com
            tiktok.email         ; 'Ada@Example.com'              ; ada@example.com
            google.email         ; 'J.Doe+News@GMail.com'         ; jdoe@gmail.com
            google.email         ; 'j.d.o.e@googlemail.com'       ; jdoe@googlemail.com
            google.email         ; 'j.doe+news@example.com'       ; j.doe+news@example.com
            google.email         ; '...@gmail.com'                ; !not_an_email
            meta.email           ; 'J.Doe+News@GMail.com'         ; j.doe+news@gmail.com
            google.phone         ; '1 800 555 0100'               ; +18005550100
            google.phone         ; '+44-113-496-0987'             ; +441134960987
            google.phone         ; '0044 113 496 0987'            ; +441134960987
            google.phone         ; '+44 (0)113 496 0987'          ; +441134960987
            google.phone         ; '0113 496 0987'                ; !no_country
            google.phone         ; '(415) 555-0100'               ; !no_country
            google.phone         ; 'ask at desk'                  ; !not_a_phone
            google.phone         ; '+1'                           ; !not_a_phone
            google.phone: GB     ; '0113 496 0987'                ; +441134960987
            google.phone: US     ; '(800) 555-0100'               ; +18005550100
            google.phone: US     ; '+44 113 496 0987'             ; +441134960987
            google.phone: IT     ; '06 698 12345'                 ; +390669812345
            google.phone: DE     ; '491701234567'                 ; +491701234567
            google.phone: US     ; '4725550100'                   ; +14725550100
            google.phone: IT     ; '3912345678'                   ; +393912345678
            google.phone: AQ     ; '12 34'                        ; !no_country
            meta.phone           ; '+1 800 555 0100'              ; 18005550100
            meta.phone: GB       ; '0113 496 0987'                ; 441134960987
            tiktok.phone         ; '+1 800 555 0100'              ; +18005550100
            phone.e164: DE       ; '030 123456'                   ; +4930123456
            phone.e164           ; '+٤٤١١٣٤٩٦٠٩٨٧'                ; +441134960987
            google.given_name    ; ' Mrs. Mary  Ann '             ; mary ann
            google.given_name    ; 'Alex Dr.'                     ; alex
            google.given_name    ; 'Mralex'                       ; mralex
            google.given_name    ; 'Mr.'                          ; (blank)
            google.family_name   ; 'Quinn,Jr. '                   ; quinn
            google.family_name   ; 'quinn, jr., dds'              ; quinn
            google.family_name   ; 'Quinn-Alex III'               ; quinn-alex
            google.family_name   ; 'Boardds'                      ; boardds
            google.family_name   ; 'Vi'                           ; vi
            google.family_name   ; ', Jr.'                        ; (blank)
            google.region        ; ' us '                         ; US
            google.region        ; 'usa'                          ; !not_a_country
            google.postal_code   ; ' 1229-076 '                   ; 1229-076
            meta.first_name      ; 'Mary-Ann'                     ; maryann
            meta.last_name       ; "O'Neil"                       ; oneil
            meta.last_name       ; 'O’Neil'                       ; oneil
            meta.first_name      ; 'Valéry'                       ; valéry
            meta.first_name      ; '정'                            ; 정
            meta.first_name      ; 'محمد'                         ; محمد
            meta.first_name      ; '---'                          ; (blank)
            meta.city            ; 'San Francisco'                ; sanfrancisco
            meta.city            ; 'St. John’s'                   ; stjohns
            meta.state           ; 'California'                   ; ca
            meta.state           ; 'New York'                     ; ny
            meta.state           ; 'TX'                           ; tx
            meta.state           ; 'D.C.'                         ; dc
            meta.state           ; 'Île-de-France'                ; îledefrance
            meta.state: UY       ; 'Florida'                      ; florida
            meta.zip             ; '94035-1234'                   ; 94035
            meta.zip             ; 'SW1A 1AA'                     ; sw1a1aa
            meta.zip: US         ; '940351234'                    ; 94035
            meta.zip: US         ; '2139'                         ; !not_a_zip
            meta.zip: SA         ; '94035-1234'                   ; 940351234
            meta.country         ; 'US'                           ; us
            meta.country         ; 'DEU'                          ; de
            meta.country         ; 'UK'                           ; gb
            meta.country         ; 'Atlantis'                     ; !not_a_country
            meta.gender          ; 'Female'                       ; f
            meta.gender          ; ' M '                          ; m
            meta.gender          ; 'unknown'                      ; (blank)
            meta.gender          ; 'frequent'                     ; !not_a_gender
            meta.dob_year        ; '1990-05-07'                   ; 1990
            meta.dob_year        ; '90'                           ; !not_a_year
            meta.dob_month       ; 'January'                      ; 01
            meta.dob_month       ; 'sep'                          ; 09
            meta.dob_month       ; '1990-05-07T00:00:00'          ; 05
            meta.dob_month       ; '13'                           ; !not_a_month
            meta.dob_day         ; '7'                            ; 07
            meta.dob_day         ; '1990-05-07'                   ; 07
            meta.dob_day         ; '32'                           ; !not_a_day
            meta.dob             ; '1990-05-07T00:00:00'          ; 19900507
            meta.dob             ; '19900507'                     ; 19900507
            meta.dob             ; '07.05.1990'                   ; !not_a_date
            meta.dob             ; '1990-13-07'                   ; !not_a_date
            meta.extern_id       ; '0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a' ; 0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a
            meta.madid           ; 'AB1234CD-E123-12FG-J123'      ; ab1234cd-e123-12fg-j123
            meta.extern_id       ; ' Customer-7 '                 ; Customer-7
            lower                ; 'ÀÉ I'                         ; àé i
            upper                ; 'straße'                       ; STRASSE
            trim                 ; ' A  b '                       ; A  b
            """)
    void eachRuleGivesWhatItsPlatformCompares(String pipe, String text, String expected) {
        assertThat(shown(Pipes.compiled(pipe).apply(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "google.email | sha256.hex_upper, Alexz@Example.com, 509E933019BB285A134A9334B8BB679DFF79D0CE023D529AF4BD744D47B4FD8A",
        "google.email | sha256.base64, Alexz@Example.com, UJ6TMBm7KFoTSpM0uLtnnf950M4CPVKa9L10TUe0/Yo=",
        "google.phone | sha256.hex_upper, +1-800-555-0100, FB4F73A6EC5FDB7077D564CDD22C3554B43CE49168550C3B12C547B78C517B30",
        "meta.email | sha256.hex, alexz@example.com, 509e933019bb285a134a9334b8bb679dff79d0ce023d529af4bd744d47b4fd8a",
    })
    void hashesAreThoseThatThePlatformsPublish(String pipe, String text, String expected) {
        assertThat(shown(Pipes.compiled(pipe).apply(text))).isEqualTo(expected);
    }

    static String shown(Normalised result) {
        return switch (result) {
            case Normalised.Text text -> text.value();
            case Normalised.Blank blank -> "(blank)";
            case Normalised.Unusable unusable -> "!" + unusable.reason();
        };
    }
}
