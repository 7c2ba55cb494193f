package dev.caravan.connector.declared.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.row.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What stands in a hole while it is filled. */
public sealed interface Datum {

    /** One value, null perhaps. */
    record One(Value value) implements Datum {
        /** A text. */
        public static One text(String text) {
            return new One(new Value.Text(text));
        }
    }

    /** Named values, in order; not copied. */
    record Fields(Map<String, Value> values) implements Datum {
        public Fields {
            values = Collections.unmodifiableMap(values);
        }
    }

    /** Names alone. */
    record Names(List<String> names) implements Datum {
        public Names {
            names = List.copyOf(names);
        }
    }

    /** A tree that a function has made; nothing but JSON can take it. */
    record Tree(JsonNode node) implements Datum {}

    /** There is no such thing here. */
    record Absent() implements Datum {}
}
