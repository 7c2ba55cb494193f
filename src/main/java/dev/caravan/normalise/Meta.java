package dev.caravan.normalise;

import dev.caravan.normalise.Normalised.Blank;
import dev.caravan.normalise.Normalised.Unusable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What Meta compares, as its documentation of customer information says. */
final class Meta {

    private static final Map<String, String> GENDERS = Map.of("f", "f", "female", "f", "m", "m", "male", "m");

    /** Answers that are neither: there is nothing to send, and nothing wrong with the row. */
    private static final Set<String> OTHERS =
            Set.of("x", "o", "u", "d", "other", "unknown", "diverse", "nonbinary", "notspecified", "na", "none");

    private Meta() {}

    /** Lower case, letters of any script, no spaces or punctuation. Also cities. */
    static Normalised name(String text) {
        return Normalised.of(Texts.letters(Texts.lower(Texts.clean(text))));
    }

    /** The code of a state of the United States; elsewhere its name in lower case without spaces and punctuation. */
    static Normalised state(String text, Optional<String> country) {
        String state = Texts.letters(Texts.lower(Texts.ascii(Texts.clean(text))));
        return Normalised.of(unitedStates(country, true) ? UsStates.code(state).orElse(state) : state);
    }

    /** Lower case without spaces and dashes; of the United States the first five digits. */
    static Normalised zip(String text, Optional<String> country) {
        String written = Texts.lower(Texts.ascii(Texts.clean(text)));
        String zip = Texts.withoutSpacesAndDashes(written);
        if (unitedStates(country, zipPlusFour(written))) {
            return Texts.digits(zip, 5, 5) || Texts.digits(zip, 9, 9)
                    ? Normalised.of(zip.substring(0, 5))
                    : new Unusable("not_a_zip");
        }
        return Normalised.of(zip);
    }

    private static boolean zipPlusFour(String text) {
        return text.length() == 10
                && text.charAt(5) == '-'
                && Texts.digits(text.substring(0, 5), 5, 5)
                && Texts.digits(text.substring(6), 4, 4);
    }

    private static boolean unitedStates(Optional<String> country, boolean otherwise) {
        return country.map(given -> Countries.code(given).equals(Optional.of("US")))
                .orElse(otherwise);
    }

    /** Two letters in lower case. */
    static Normalised country(String text) {
        return Countries.code(text).map(Texts::lower).map(Normalised::of).orElse(new Unusable("not_a_country"));
    }

    /** {@code f} or {@code m}. */
    static Normalised gender(String text) {
        String word = Texts.letters(Texts.lower(Texts.ascii(Texts.clean(text))));
        String gender = GENDERS.get(word);
        if (gender != null) {
            return Normalised.of(gender);
        }
        return OTHERS.contains(word) ? Blank.INSTANCE : new Unusable("not_a_gender");
    }

    /** An advertiser's id of a phone, in lower case with its dashes. */
    static Normalised madid(String text) {
        return Normalised.of(Texts.lower(Texts.clean(text)));
    }
}
