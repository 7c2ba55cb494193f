package dev.caravan.connector.salesforce.records;

import dev.caravan.connector.salesforce.wire.WireValue;
import dev.caravan.mapping.TargetField;
import dev.caravan.row.Value;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A key as Salesforce stores it, which is what a query finds. Where that is not known for certain a record could be there and not be
 * found.
 */
final class StoredKey {

    private StoredKey() {}

    /** The key without the blanks around it, which are not stored. */
    static Value of(Value key) {
        return key instanceof Value.Text text ? new Value.Text(text.value().trim()) : key;
    }

    /** Whether a record with this key is found by it: nothing of it is rounded, cut or rewritten when it is stored. */
    static boolean findable(Optional<TargetField> keyField, Value key) {
        return key.text().codePoints().noneMatch(Character::isISOControl)
                && keyField.filter(field -> kept(field, WireValue.text(field.kind(), of(key))))
                        .isPresent();
    }

    private static boolean kept(TargetField field, String text) {
        return switch (field.kind()) {
            // Whether blanks other than the plain one stay at the ends, nobody has said.
            case TEXT, EMAIL, ENUM, REFERENCE ->
                !text.isEmpty() && !blank(text.charAt(0)) && !blank(text.charAt(text.length() - 1));
            case INTEGER -> text.matches("-?\\d{1,15}");
            case NUMBER -> text.matches("-?\\d{1,15}(\\.\\d{1,15})?") && new BigDecimal(text).scale() <= field.scale();
            case DATE -> text.matches("\\d{4}-\\d{2}-\\d{2}");
            case BOOLEAN, TIME, TIMESTAMP, INSTANT, JSON, BINARY, OTHER -> false;
        };
    }

    private static boolean blank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
