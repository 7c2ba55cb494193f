package dev.caravan.connector.salesforce.records;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.connector.salesforce.wire.WireValue;
import dev.caravan.destination.Batch;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.row.Value;
import java.util.Locale;

/** When a key that was asked for and a key that was answered are one: as Salesforce compares them. */
record KeyMatch(Kind kind, boolean ignoreCase) {

    static KeyMatch of(Batch batch) {
        return batch.schema()
                .field(batch.keyField())
                .map(field -> new KeyMatch(field.kind(), field.ignoreCase()))
                .orElse(new KeyMatch(Kind.TEXT, true));
    }

    /** What a key of ours is compared by. */
    String of(Value key) {
        String text = WireValue.text(kind, key).strip();
        return ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
    }

    /** What an answered key is compared by. Numbers come with a point even where they are whole. */
    String of(JsonNode answered) {
        return of(
                answered.isNumber() ? new Value.Decimal(answered.decimalValue()) : new Value.Text(answered.asText("")));
    }
}
