package dev.caravan.connector.declared.example;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Where two bodies differ, each place by its path. */
final class BodyDifference {

    /** Who has that many to mend plays again. */
    private static final int MOST = 10;

    /** Members that a path names without quotes. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final List<Place> places = new ArrayList<>();

    private BodyDifference() {}

    /** What stands at a path on either side; {@code nothing} where there is no such place. */
    record Place(String path, String sent, String said) {}

    /** The first places, in the order of what was sent. */
    static List<Place> between(JsonNode sent, JsonNode said) {
        BodyDifference difference = new BodyDifference();
        difference.compare("$", sent, said);
        return List.copyOf(difference.places);
    }

    private void compare(String path, JsonNode sent, JsonNode said) {
        if (places.size() == MOST || sent.equals(said)) {
            return;
        }
        if (sent.isObject() && said.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            sent.fieldNames().forEachRemaining(names::add);
            said.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(path + member(name), sent.path(name), said.path(name)));
        } else if (sent.isArray() && said.isArray()) {
            for (int i = 0; i < Math.max(sent.size(), said.size()); i++) {
                compare(path + "[" + i + "]", sent.path(i), said.path(i));
            }
        } else {
            places.add(new Place(path, text(sent), text(said)));
        }
    }

    private static String member(String name) {
        return WORD.matcher(name).matches() ? "." + name : "['" + name + "']";
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() ? "nothing" : node.toString();
    }
}
