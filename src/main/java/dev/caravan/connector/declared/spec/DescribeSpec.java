package dev.caravan.connector.declared.spec;

import com.google.re2j.Pattern;
import dev.caravan.connector.declared.select.Condition;
import dev.caravan.connector.declared.select.Selector;
import dev.caravan.mapping.TargetField;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How an object's fields become known. */
public sealed interface DescribeSpec {

    /**
     * The connector knows them.
     *
     * @param open the kind of any other field, where any name goes
     * @param personal names of other fields that would hold personal data, for which the open place is none; nor is it for a field that
     *     its mapping calls private
     */
    record Known(List<FieldSpec> fields, Optional<TargetField.Kind> open, Optional<Pattern> personal)
            implements DescribeSpec {
        public Known {
            fields = List.copyOf(fields);
        }
    }

    /**
     * The API is asked. All selectors and conditions but {@code fields} and {@code keys} begin at a field's node.
     *
     * @param fields the nodes of the fields
     * @param kinds what the vendor's types mean; others are {@link TargetField.Kind#OTHER}
     * @param writable empty for always
     * @param key empty for never
     * @param keys lists of the names of fields, each of which identifies a record: of one field, or of several together
     * @param required empty for never
     * @param ignoreCase empty for never
     * @param also what the answer does not tell; wins over a field of the same name that it tells
     * @param pages empty where one answer holds all
     */
    record Asked(
            RequestSpec request,
            Selector fields,
            Selector name,
            Selector type,
            Map<String, TargetField.Kind> kinds,
            Optional<Condition> writable,
            Optional<Condition> key,
            Optional<Selector> keys,
            Optional<Condition> required,
            Optional<Condition> ignoreCase,
            Optional<Selector> values,
            Optional<Selector> length,
            List<FieldSpec> also,
            Optional<PagesSpec> pages)
            implements DescribeSpec {
        public Asked {
            kinds = Ordered.copy(kinds);
            also = List.copyOf(also);
        }
    }
}
