package dev.caravan.sandbox.braze;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Users: an external id and an alias are of one at most, an address may be of several. */
final class Profiles {

    static final String ALIASES = "user_aliases";

    private final Ground ground;
    private final Table table = new Table("external_id", "email", "phone", "braze_id");
    private final Set<String> touched = new LinkedHashSet<>();
    private int last;

    Profiles(Ground ground) {
        this.ground = ground;
    }

    Table table() {
        return table;
    }

    void clear() {
        table.clear();
        touched.clear();
    }

    /** The id of one that is to be. */
    String next() {
        return String.valueOf(++last);
    }

    ObjectNode fresh(String id) {
        return Json.object()
                .put("braze_id", "sb" + id)
                .put("created_at", ground.now().toString());
    }

    void put(String id, ObjectNode user) {
        table.put(id, user);
        touched.remove(id);
        touched.add(id);
    }

    void remove(String id) {
        table.remove(id);
        touched.remove(id);
    }

    /** Ids of the users with this value in a field, the one that was changed last at the end. */
    List<String> with(String field, JsonNode value) {
        List<String> found = value.asText("").isEmpty() ? List.of() : table.find(field, value.asText());
        return touched.stream().filter(found::contains).toList();
    }

    /** Ids of the users with this alias, of whom there is one at most. */
    List<String> named(JsonNode alias) {
        List<String> found = new ArrayList<>();
        for (String id : touched) {
            for (JsonNode each : table.get(id).orElseThrow().path(ALIASES)) {
                if (each.equals(alias)) {
                    found.add(id);
                }
            }
        }
        return found;
    }

    boolean isIdentified(String id) {
        return table.get(id).filter(user -> user.hasNonNull("external_id")).isPresent();
    }

    /** Whom attributes are for: of several with an address the last that was changed, those with an external id first. */
    Optional<String> meant(JsonNode each) {
        if (each.hasNonNull("external_id")) {
            return last(with("external_id", each.path("external_id")));
        }
        if (each.path("user_alias").isObject()) {
            return last(named(each.path("user_alias")));
        }
        if (each.hasNonNull("braze_id")) {
            return last(with("braze_id", each.path("braze_id")));
        }
        String address = each.hasNonNull("email") ? "email" : "phone";
        List<String> found = with(address, each.path(address));
        return last(found.stream().filter(this::isIdentified).toList()).or(() -> last(found));
    }

    private static Optional<String> last(List<String> ids) {
        return ids.isEmpty() ? Optional.empty() : Optional.of(ids.getLast());
    }
}
