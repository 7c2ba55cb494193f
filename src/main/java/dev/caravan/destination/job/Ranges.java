package dev.caravan.destination.job;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Places of rows as a short text: {@code 0-3.5} is the first four and the sixth. */
final class Ranges {

    private static final Pattern WELL_FORMED = Pattern.compile("\\d{1,7}(-\\d{1,7})?(\\.\\d{1,7}(-\\d{1,7})?)*");

    private Ranges() {}

    static String text(List<Integer> places) {
        StringBuilder text = new StringBuilder();
        for (int from = 0; from < places.size(); ) {
            int to = from;
            while (to + 1 < places.size() && places.get(to + 1) == places.get(to) + 1) {
                to++;
            }
            text.append(text.isEmpty() ? "" : ".").append(places.get(from));
            if (to > from) {
                text.append('-').append(places.get(to));
            }
            from = to + 1;
        }
        return text.toString();
    }

    /** Reads what {@link #text} wrote; none if nobody wrote that. */
    static List<Integer> of(String text) {
        List<Integer> places = new ArrayList<>();
        if (!WELL_FORMED.matches(text)) {
            return places;
        }
        for (String range : text.split("\\.", -1)) {
            int dash = range.indexOf('-');
            int from = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int to = dash < 0 ? from : Integer.parseInt(range.substring(dash + 1));
            IntStream.rangeClosed(from, to).forEach(places::add);
        }
        return places;
    }
}
