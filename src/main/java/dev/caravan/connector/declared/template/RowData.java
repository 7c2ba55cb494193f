package dev.caravan.connector.declared.template;

import dev.caravan.mapping.TargetKey;
import dev.caravan.row.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A row as templates see it.
 *
 * @param place in its request, from 0
 * @param id the record's remote id, where known
 * @param trace a text that no other row of the request has, and no other effect
 * @param dedupeKey identifies the effect over every repetition
 * @param fields without the key, nulls already written as the operation wants them; not copied
 * @param found what a search said of its record
 */
public record RowData(
        int place,
        Value key,
        Optional<String> id,
        String trace,
        String dedupeKey,
        Map<String, Value> fields,
        Map<String, String> found) {

    public RowData {
        fields = Collections.unmodifiableMap(fields);
        found = Map.copyOf(found);
    }

    Datum get(String name, TargetKey keyFields) {
        return switch (name) {
            case "key" -> new Datum.One(key);
            case "id" -> id.<Datum>map(Datum.One::text).orElseGet(Datum.Absent::new);
            case "trace" -> Datum.One.text(trace);
            case "place" -> new Datum.One(new Value.Int(place));
            case "dedupe_key" -> Datum.One.text(dedupeKey);
            case "fields" -> new Datum.Fields(fields);
            case "values" -> new Datum.Fields(values(keyFields));
            default -> new Datum.Absent();
        };
    }

    Datum field(String name, TargetKey keyFields) {
        if (fields.containsKey(name)) {
            return new Datum.One(fields.get(name));
        }
        Value part = keyFields.values(key).get(name);
        return part == null ? new Datum.Absent() : new Datum.One(part);
    }

    /** The fields with the key before them. */
    public Map<String, Value> values(TargetKey keyFields) {
        Map<String, Value> values =
                LinkedHashMap.newLinkedHashMap(keyFields.fields().size() + fields.size());
        values.putAll(keyFields.values(key));
        fields.forEach(values::putIfAbsent);
        return values;
    }
}
