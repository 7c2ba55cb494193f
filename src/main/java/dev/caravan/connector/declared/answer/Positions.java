package dev.caravan.connector.declared.answer;

import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.select.Found;
import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.Join;
import dev.caravan.destination.Outcome;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Answers with one node a row, in their order. An order that cannot be believed makes all rows unknown. */
final class Positions {

    private Positions() {}

    static Map<Integer, Outcome> join(Errand errand, List<Item> items, Join.Position join, Subject answer) {
        List<Found> nodes = join.rows().all(answer.found(), answer.variables());
        if (nodes.size() != items.size()) {
            return Item.all(items, new Outcome.Unknown("count"));
        }
        Map<Integer, Outcome> outcomes = new LinkedHashMap<>();
        Map<String, Integer> ids = new HashMap<>();
        Set<String> known = items.stream().flatMap(item -> item.id().stream()).collect(Collectors.toSet());
        for (int place = 0; place < items.size(); place++) {
            Item item = items.get(place);
            Subject node = answer.at(nodes.get(place));
            if (!join.ok().holds(node)) {
                outcomes.put(item.index(), Refusals.of(errand, item, join.refuse(), node.found()));
                continue;
            }
            Optional<String> told = Acceptance.told(join.accept(), node);
            if (misplaced(errand, item, told, id -> join.byId() || known.contains(id))) {
                return Item.all(items, new Outcome.Unknown("order"));
            }
            Optional<Integer> twin = told.map(id -> ids.putIfAbsent(id, item.index()));
            outcomes.put(item.index(), Acceptance.of(errand, item, join.accept(), node));
            // Two rows cannot have become one record: one node stands where another row's belongs.
            twin.ifPresent(other -> {
                outcomes.put(other, new Outcome.Unknown("same_record"));
                outcomes.put(item.index(), new Outcome.Unknown("same_record"));
            });
        }
        return outcomes;
    }

    /**
     * Whether the node is about another row's record. Where the request names keys a record may have been made anew since, but is no other
     * row's.
     */
    private static boolean misplaced(Errand errand, Item item, Optional<String> told, Predicate<String> others) {
        return switch (errand.batch().action()) {
            case UPSERT, UPDATE, DELETE, ARCHIVE ->
                item.id().isPresent()
                        && told.filter(id -> !item.id().equals(Optional.of(id)))
                                .filter(others)
                                .isPresent();
            case INSERT, ADD, REMOVE, APPEND -> false;
        };
    }
}
