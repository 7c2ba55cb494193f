package dev.caravan.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds of every text, tried on many. */
class PropertiesTest {

    private static final int TRIES = 3_000;
    private static final String[] PIECES = {
        "a",
        "B",
        "ß",
        "İ",
        "ı",
        "Σ",
        "ﬁ",
        "é",
        "e\u0301",
        "Å",
        "\u212B",
        "\u1E9E",
        "ǅ",
        "我",
        "ア",
        "한",
        "עברית",
        "محمد",
        "\u202B",
        "\u200F",
        "\uFEFF",
        "\u200D",
        "Ｆ",
        "７",
        "٣",
        "😀",
        "\u0301",
        " ",
        "\u00A0",
        "\t",
        ".",
        "+",
        "-",
        "'",
        "’",
        ",",
        "@",
        "gmail.com",
        "Example.COM",
        "Mr.",
        "dr. ",
        ", Jr.",
        " III",
        "phd",
        "0",
        "1",
        "49",
        "(030)",
        "US",
        "de",
        "california",
        "1990-05-07",
        "may",
        "f",
        "\u0000",
        "\u1FB3",
        "\u0345"
    };

    @Test
    void anOutputIsItsOwnOutput() {
        each((name, text) -> {
            Normaliser normaliser = Pipes.compiled(name);
            if (!normaliser.hashes() && normaliser.apply(text) instanceof Normalised.Text once) {
                String again = name.equals("meta.phone") ? "+" + once.value() : once.value();
                assertThat(normaliser.apply(again)).as("%s of %s", name, text).isEqualTo(once);
            }
        });
    }

    @Test
    void outputsAreTrimmedAndComposedAndInLowerCaseWhereTheRuleSaysSo() {
        List<String> lower = List.of(
                "email",
                "google.email",
                "google.given_name",
                "google.family_name",
                "meta.city",
                "meta.state",
                "meta.zip",
                "meta.country",
                "meta.madid",
                "meta.last_name",
                "lower");
        each((name, text) -> {
            if (Pipes.compiled(name).apply(text) instanceof Normalised.Text result) {
                assertThat(result.value()).isNotBlank();
                if (lower.contains(name)) {
                    assertThat(result.value())
                            .as("%s of %s", name, text)
                            .isEqualTo(result.value().toLowerCase(Locale.ROOT))
                            .matches(value -> Normalizer.isNormalized(value, Normalizer.Form.NFC));
                }
                if (!name.equals("lower") && !name.equals("upper")) {
                    assertThat(result.value())
                            .as("%s of %s", name, text)
                            .isEqualTo(result.value().strip());
                }
            }
        });
    }

    @Test
    void theLocaleOfTheMachineChangesNothing() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("tr", "TR"));
            assertThat(Pipes.compiled("email").apply("INFO@EXAMPLE.COM"))
                    .isEqualTo(new Normalised.Text("info@example.com"));
            assertThat(Pipes.compiled("google.region").apply("it")).isEqualTo(new Normalised.Text("IT"));
            Locale.setDefault(Locale.of("ar", "EG"));
            assertThat(Pipes.compiled("meta.dob_day").apply("7")).isEqualTo(new Normalised.Text("07"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void numbersOfAllCountriesComeOutAsTheyAreDialledFromAbroad() {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        for (String region : numbers.getSupportedRegions()) {
            var example = numbers.getExampleNumber(region);
            if (example == null) {
                continue;
            }
            Normalised expected = new Normalised.Text(numbers.format(example, PhoneNumberFormat.E164));
            Normaliser phone = Pipes.compiled("phone.e164");
            Optional<String> country = Optional.of(region);
            String inside = numbers.format(example, PhoneNumberFormat.NATIONAL);
            String abroad = numbers.format(example, PhoneNumberFormat.INTERNATIONAL);
            String digits = numbers.format(example, PhoneNumberFormat.E164).substring(1);
            assertThat(phone.apply(abroad)).as(region).isEqualTo(expected);
            assertThat(phone.apply("00" + digits)).as(region).isEqualTo(expected);
            assertThat(phone.apply(digits)).as(region).isEqualTo(expected);
            if (Countries.code(region).isPresent()) {
                assertThat(phone.apply(inside, country)).as(region).isEqualTo(expected);
            }
        }
    }

    private interface Property {
        void holds(String name, String text);
    }

    private static void each(Property property) {
        long seed = Long.getLong("caravan.seed", new Random().nextLong());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<String> names = Normalisers.names();
        for (int i = 0; i < Integer.getInteger("caravan.tries", TRIES); i++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = 1 + random.nextInt(6); pieces > 0; pieces--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            for (String name : names) {
                property.holds(name, text.toString());
            }
        }
    }
}
