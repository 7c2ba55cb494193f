package dev.caravan.normalise;

import dev.caravan.normalise.Normalised.Unusable;
import java.util.List;
import java.util.OptionalInt;

/** Parts of a day of birth, each from the part alone or from an ISO date. */
final class Births {

    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");

    private Births() {}

    /** Eight digits: year, month, day. */
    static Normalised date(String text) {
        String written = Texts.ascii(Texts.clean(text));
        String date = isDate(written)
                ? written.substring(0, 4) + written.substring(5, 7) + written.substring(8, 10)
                : written;
        boolean plain = Texts.digits(date, 8, 8)
                && year(date.substring(0, 4)) instanceof Normalised.Text
                && month(date.substring(4, 6)) instanceof Normalised.Text
                && day(date.substring(6, 8)) instanceof Normalised.Text;
        return plain ? Normalised.of(date) : new Unusable("not_a_date");
    }

    /** Four digits. */
    static Normalised year(String text) {
        return part(text, 0, 4, 1900, 2100, "not_a_year");
    }

    /** Two digits; the English name and its first three letters are read too. */
    static Normalised month(String text) {
        String word = Texts.letters(Texts.lower(Texts.ascii(Texts.clean(text))));
        for (String month : MONTHS) {
            if (word.equals(month) || word.equals(month.substring(0, 3))) {
                return Normalised.of(padded(MONTHS.indexOf(month) + 1, 2));
            }
        }
        return part(text, 5, 2, 1, 12, "not_a_month");
    }

    /** Two digits. */
    static Normalised day(String text) {
        return part(text, 8, 2, 1, 31, "not_a_day");
    }

    private static Normalised part(String text, int from, int length, int min, int max, String reason) {
        String written = Texts.ascii(Texts.clean(text));
        String part = isDate(written) ? written.substring(from, from + length) : written;
        OptionalInt number = Texts.digits(part, 1, 4) ? OptionalInt.of(Integer.parseInt(part)) : OptionalInt.empty();
        return number.isPresent() && number.getAsInt() >= min && number.getAsInt() <= max
                ? Normalised.of(padded(number.getAsInt(), length))
                : new Unusable(reason);
    }

    private static String padded(int number, int length) {
        String digits = Integer.toString(number);
        return "0".repeat(Math.max(0, length - digits.length())) + digits;
    }

    private static boolean isDate(String text) {
        return text.length() >= 10
                && (text.length() == 10 || text.charAt(10) == 'T' || text.charAt(10) == ' ')
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && Texts.digits(text.substring(0, 4) + text.substring(5, 7) + text.substring(8, 10), 8, 8);
    }
}
