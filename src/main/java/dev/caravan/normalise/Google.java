package dev.caravan.normalise;

import dev.caravan.normalise.Normalised.Unusable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What Google compares, as its Data Manager client writes it. */
final class Google {

    private static final Set<String> TITLES = Set.of("mr.", "mrs.", "ms.", "dr.");
    private static final Set<String> SUFFIXES = Set.of(
            "jr.", "sr.", "2nd", "3rd", "ii", "iii", "iv", "v", "vi", "cpa", "dc", "dds", "vm", "jd", "md", "phd");

    private Google() {}

    /** Trimmed, in lower case, without {@code mr.}, {@code mrs.}, {@code ms.} and {@code dr.} */
    static Normalised givenName(String text) {
        String name = Texts.lower(Texts.clean(text));
        List<String> words = Texts.words(name);
        return words.stream().noneMatch(TITLES::contains)
                ? Normalised.of(name)
                : Normalised.of(
                        words.stream().filter(word -> !TITLES.contains(word)).collect(Collectors.joining(" ")));
    }

    /** Trimmed, in lower case, without the suffixes after it, however many. */
    static Normalised familyName(String text) {
        String name = Texts.lower(Texts.clean(text));
        int end = suffix(name);
        while (end >= 0) {
            name = Texts.strip(name.substring(0, end));
            name = name.endsWith(",") ? Texts.strip(name.substring(0, name.length() - 1)) : name;
            end = suffix(name);
        }
        return Normalised.of(name);
    }

    /** Where the last word's suffix is parted from the name; -1 where the last word is none. */
    private static int suffix(String name) {
        int last = name.length() - 1;
        while (last >= 0 && name.charAt(last) != ',' && !Texts.hasSpace(name.substring(last, last + 1))) {
            last--;
        }
        return last >= 0 && SUFFIXES.contains(name.substring(last + 1)) ? last + 1 : -1;
    }

    /** Two letters in upper case. */
    static Normalised region(String text) {
        String region = Texts.upper(Texts.ascii(Texts.clean(text)));
        return Texts.all(region, 'A', 'Z', 2, 2) ? Normalised.of(region) : new Unusable("not_a_country");
    }

    static Normalised postalCode(String text) {
        return Normalised.of(Texts.clean(text));
    }
}
