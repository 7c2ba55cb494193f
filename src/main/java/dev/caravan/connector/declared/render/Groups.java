package dev.caravan.connector.declared.render;

import dev.caravan.connector.declared.spec.BatchSpec;
import dev.caravan.connector.declared.template.BatchScope;
import dev.caravan.connector.declared.template.Faults;
import dev.caravan.connector.declared.template.Faults.Fault;
import dev.caravan.connector.declared.template.Fill;
import dev.caravan.connector.declared.template.RowData;
import dev.caravan.connector.declared.template.TextTemplate;
import dev.caravan.destination.Action;
import dev.caravan.destination.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which rows may go together: those with a text in common, and none twice where that is forbidden. One use, one thread. */
final class Groups {

    private final Errand errand;
    private final BatchSpec limits;
    private final Rows rows;
    private final Map<Integer, Outcome> unfit = new LinkedHashMap<>();

    Groups(Errand errand, BatchSpec limits, Rows rows) {
        this.errand = errand;
        this.limits = limits;
        this.rows = rows;
    }

    /**
     * Rows of one request, unless they are too long for one.
     *
     * @param name what they have in common
     */
    record Group(String name, List<Item> items) {}

    /**
     * @param layer how many rows with the same text came before, where no two may go together
     * @param again events that may have been sent before: what an answer says of all of them is told from what it says of new ones, and a
     *     repeated request is the same
     */
    private record Shelf(String name, int layer, boolean again) {}

    List<Group> of(List<Item> items) {
        Map<Shelf, List<Item>> shelves = new LinkedHashMap<>();
        Map<String, Integer> seen = new HashMap<>();
        for (Item item : items) {
            String name = text(limits.groupBy(), item);
            String only = text(limits.distinct(), item);
            if (unfit.containsKey(item.index())) {
                continue;
            }
            int layer = only.isEmpty() ? 0 : seen.merge(name + '\0' + only, 1, Integer::sum) - 1;
            shelves.computeIfAbsent(new Shelf(name, layer, again(item)), shelf -> new ArrayList<>())
                    .add(item);
        }
        List<Group> groups = new ArrayList<>();
        shelves.forEach((shelf, all) -> {
            for (int from = 0; from < all.size(); from += limits.rows()) {
                groups.add(new Group(shelf.name(), all.subList(from, Math.min(from + limits.rows(), all.size()))));
            }
        });
        return groups;
    }

    private boolean again(Item item) {
        return errand.batch().action() == Action.APPEND && item.write().inDoubt();
    }

    /** The rows of which the text could not be made, by place in the batch. */
    Map<Integer, Outcome> unfit() {
        return unfit;
    }

    private String text(Optional<TextTemplate> template, Item item) {
        if (template.isEmpty()) {
            return "";
        }
        List<RowData> one = rows.of(List.of(item));
        Faults faults = new Faults();
        BatchScope scope = new BatchScope(errand.known(), Rows.names(one), "", one);
        String text = new Fill(scope, faults).text(template.get()).orElse("");
        if (!faults.none()) {
            Fault fault = faults.all().getFirst();
            unfit.put(item.index(), Refusal.unsendable(fault.field().orElse(null), fault.reason()));
        }
        return text;
    }
}
