package dev.caravan.connector.declared.answer;

import dev.caravan.connector.declared.select.Found;
import dev.caravan.connector.declared.select.Wording;
import java.util.Map;
import java.util.Optional;

/**
 * A refusal in the destination's words.
 *
 * @param rival the id of the record that stands against the row
 */
public record Said(String code, String message, Optional<String> field, Optional<String> rival) {

    /** More of a message is of no use to anybody. */
    private static final int LONGEST = 2_000;

    private static final int LONGEST_CODE = 100;

    public Said {
        code = cut(code, LONGEST_CODE);
        message = cut(message, LONGEST);
        field = field.map(text -> cut(text, LONGEST_CODE));
        rival = rival.map(text -> cut(text, LONGEST_CODE));
    }

    private static String cut(String text, int most) {
        return text.length() > most
                ? text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, most)))
                : text;
    }

    /** The words at this node. */
    static Optional<String> words(Optional<Wording> wording, Found found, Map<String, String> variables) {
        return wording.flatMap(one -> one.of(found, variables)).filter(text -> !text.isBlank());
    }

    /** The message, with the rival where there is one, so that a person finds it. */
    String text() {
        return rival.filter(id -> !message.contains(id))
                .map(id -> message.isEmpty() ? "record " + id + " stands against it" : message + " (record " + id + ")")
                .orElse(message);
    }
}
