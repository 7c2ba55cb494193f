package dev.caravan.engine.duckdb.read;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Why rows are quarantined, as bits of whole-number columns beside each staged row. Reasons of one row are found in the same
 * pass that stages it; those that need all rows ({@code duplicate_key}, {@code unique:…}) are added to their bit later.
 */
public final class Reasons {

    private static final int BITS = 60;

    private record Reason(String word, String condition) {}

    private final List<Reason> reasons = new ArrayList<>();

    /** A reason with its condition over a row; where several checks give the same word they share no bit, only the name. */
    void add(String word, String condition) {
        reasons.add(new Reason(word, condition));
    }

    int size() {
        return reasons.size();
    }

    String word(int index) {
        return reasons.get(index).word();
    }

    /** The mask columns' names. */
    List<String> columns() {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i * BITS < reasons.size(); i++) {
            columns.add(column(i * BITS));
        }
        return columns;
    }

    private static String column(int index) {
        return "\":mask" + index / BITS + "\"";
    }

    private static long bit(int index) {
        return 1L << (index % BITS);
    }

    /** The select list that computes the masks. */
    String select() {
        List<String> masks = new ArrayList<>();
        for (int from = 0; from < reasons.size(); from += BITS) {
            List<String> bits = new ArrayList<>();
            for (int i = from; i < Math.min(from + BITS, reasons.size()); i++) {
                if (!reasons.get(i).condition().equals("false")) {
                    bits.add("(CASE WHEN " + reasons.get(i).condition() + " THEN " + bit(i) + " ELSE 0 END)");
                }
            }
            String mask = bits.isEmpty() ? "0" : String.join(" | ", bits);
            masks.add("CAST(" + mask + " AS BIGINT) AS " + column(from));
        }
        return String.join(", ", masks);
    }

    /** The condition that a staged row has this reason. */
    String has(int index) {
        return column(index) + " & " + bit(index) + " <> 0";
    }

    /** The assignment that gives a staged row this reason. */
    String set(int index) {
        return column(index) + " = " + column(index) + " | " + bit(index);
    }

    /** The condition that a staged row has no reason at all. */
    String none() {
        return columns().stream().map(column -> column + " = 0").collect(Collectors.joining(" AND "));
    }

    /** The words of a row with these masks. */
    List<String> words(List<Long> masks) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < reasons.size(); i++) {
            if ((masks.get(i / BITS) & bit(i)) != 0 && !words.contains(word(i))) {
                words.add(word(i));
            }
        }
        return words;
    }
}
