package dev.caravan.connector.declared.render;

import dev.caravan.destination.Outcome;
import dev.caravan.transport.HttpRequest;
import java.util.List;
import java.util.Map;

/**
 * One request and the rows in it, in their order.
 *
 * @param group what its rows have in common
 */
public record Parcel(HttpRequest request, String group, List<Item> items) {

    public Parcel {
        items = List.copyOf(items);
    }

    /**
     * Rows cut into requests.
     *
     * @param settled what is not sent, by place in the batch
     */
    public record Cut(List<Parcel> parcels, Map<Integer, Outcome> settled) {
        public Cut {
            parcels = List.copyOf(parcels);
        }
    }
}
