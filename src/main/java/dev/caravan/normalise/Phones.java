package dev.caravan.normalise;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.caravan.normalise.Normalised.Unusable;
import java.util.Optional;

/**
 * Phone numbers in E.164: plus, country code, number. A number without its country code needs the country: digits alone are
 * taken for an international number only where they are a valid one, since a guess would be somebody else's phone.
 */
final class Phones {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final String ANYWHERE = "ZZ";
    private static final Normalised NOT_A_PHONE = new Unusable("not_a_phone");
    private static final Normalised NO_COUNTRY = new Unusable("no_country");

    private Phones() {}

    /** With the plus. */
    static Normalised e164(String text, Optional<String> country) {
        String written = Texts.ascii(Texts.clean(text));
        if (written.chars().noneMatch(c -> c >= '0' && c <= '9')) {
            return NOT_A_PHONE;
        }
        if (written.startsWith("+")) {
            return international(written);
        }
        if (written.startsWith("00")) {
            return international("+" + written.substring(2));
        }
        return country.map(given -> Countries.code(given)
                        .map(code -> national(written, code))
                        .orElse(new Unusable("not_a_country")))
                .orElseGet(() -> digits(written));
    }

    /** Without it: Meta's form. */
    static Normalised meta(String text, Optional<String> country) {
        return switch (e164(text, country)) {
            case Normalised.Text number -> Normalised.of(number.value().substring(1));
            case Normalised other -> other;
        };
    }

    private static Normalised international(String written) {
        try {
            return possible(NUMBERS.parse(written, ANYWHERE));
        } catch (NumberParseException e) {
            return NOT_A_PHONE;
        }
    }

    /** Digits that begin with the country's own code are an international number that lost its plus, if they are a valid one. */
    private static Normalised national(String written, String country) {
        if (!NUMBERS.getSupportedRegions().contains(country)) {
            return NO_COUNTRY;
        }
        try {
            if (written.startsWith(Integer.toString(NUMBERS.getCountryCodeForRegion(country)))) {
                PhoneNumber abroad = NUMBERS.parse("+" + written, ANYWHERE);
                if (NUMBERS.isValidNumber(abroad)) {
                    return possible(abroad);
                }
            }
            return possible(NUMBERS.parse(written, country));
        } catch (NumberParseException e) {
            return NOT_A_PHONE;
        }
    }

    private static Normalised digits(String written) {
        try {
            PhoneNumber number = NUMBERS.parse("+" + written, ANYWHERE);
            return NUMBERS.isValidNumber(number) ? possible(number) : NO_COUNTRY;
        } catch (NumberParseException e) {
            return NO_COUNTRY;
        }
    }

    /** Numbering plans open new ranges all the time: of a number that names its country only the length is looked at. */
    private static Normalised possible(PhoneNumber number) {
        return NUMBERS.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE
                ? Normalised.of(NUMBERS.format(number, PhoneNumberFormat.E164))
                : NOT_A_PHONE;
    }
}
