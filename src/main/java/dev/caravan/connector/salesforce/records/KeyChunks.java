package dev.caravan.connector.salesforce.records;

import dev.caravan.connector.salesforce.wire.Api;
import dev.caravan.connector.salesforce.wire.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Cuts keys into parts that one query takes each. */
final class KeyChunks {

    /** Characters of the keys of a query as they stand in the path; Salesforce takes paths of 16 KB. */
    private static final int MOST_QUERY = 8_000;

    private static final int MOST_KEYS = 200;

    private KeyChunks() {}

    /** The items in their order, none of the parts empty. */
    static List<List<Item>> of(List<Item> items, Function<Item, String> literal) {
        List<List<Item>> chunks = new ArrayList<>();
        List<Item> chunk = new ArrayList<>();
        int length = 0;
        for (Item item : items) {
            int more = Api.lengthInPath(literal.apply(item) + ",");
            if (!chunk.isEmpty() && (length + more > MOST_QUERY || chunk.size() == MOST_KEYS)) {
                chunks.add(List.copyOf(chunk));
                chunk.clear();
                length = 0;
            }
            chunk.add(item);
            length += more;
        }
        if (!chunk.isEmpty()) {
            chunks.add(List.copyOf(chunk));
        }
        return chunks;
    }
}
