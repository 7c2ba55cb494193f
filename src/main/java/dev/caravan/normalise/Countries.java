package dev.caravan.normalise;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Countries by their ISO 3166 codes of two and three letters. Names are not read: they differ by language and year. */
final class Countries {

    private static final Map<String, String> CODES = codes();

    private Countries() {}

    /** The two letters, in upper case. */
    static Optional<String> code(String text) {
        return Optional.ofNullable(CODES.get(Texts.upper(Texts.ascii(Texts.clean(text)))));
    }

    private static Map<String, String> codes() {
        Map<String, String> codes = new HashMap<>();
        for (String code : Locale.getISOCountries()) {
            codes.put(code, code);
            codes.put(Locale.of("", code).getISO3Country(), code);
        }
        codes.put("UK", "GB");
        codes.remove("");
        return Map.copyOf(codes);
    }
}
