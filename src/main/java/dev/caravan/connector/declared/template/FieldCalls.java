package dev.caravan.connector.declared.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.row.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** Functions on several fields at once. */
final class FieldCalls {

    private FieldCalls() {}

    static Result apply(Call call, Datum.Fields fields) {
        if (call.function() == Function.STRINGS
                && fields.values().values().stream().allMatch(FieldCalls::isString)) {
            return new Result.Made(fields);
        }
        Map<String, Value> values = new LinkedHashMap<>(fields.values());
        return switch (call.function()) {
            case STRINGS -> {
                values.replaceAll((name, value) -> isString(value) ? value : new Value.Text(value.text()));
                yield new Result.Made(new Datum.Fields(values));
            }
            case EPOCHS -> {
                values.replaceAll((name, value) -> seconds(value));
                yield new Result.Made(new Datum.Fields(values));
            }
            case ONLY -> {
                values.keySet().retainAll(call.arguments());
                yield new Result.Made(new Datum.Fields(values));
            }
            case WITHOUT -> {
                call.arguments().forEach(values::remove);
                yield new Result.Made(new Datum.Fields(values));
            }
            case NEST -> nested(values);
            default -> new Result.Unfit("'" + call.function().text() + "' takes one value, not fields");
        };
    }

    private static boolean isString(Value value) {
        return value instanceof Value.Text || value.isNull();
    }

    /** Of what is a time by its kind; a text that looks like one stays a text. */
    private static Value seconds(Value value) {
        boolean time = value instanceof Value.ZonedTimestamp || value instanceof Value.Date;
        return time && TimeCalls.epoch(value, TimeCalls.SECOND) instanceof Result.Made(Datum.One(Value whole))
                ? whole
                : value;
    }

    /** Names with dots become objects inside objects. */
    private static Result nested(Map<String, Value> values) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, Value> field : values.entrySet()) {
            String[] names = field.getKey().split("\\.", -1);
            ObjectNode at = root;
            for (int i = 0; i < names.length - 1; i++) {
                JsonNode next = at.has(names[i]) ? at.get(names[i]) : at.putObject(names[i]);
                if (!(next instanceof ObjectNode object)) {
                    return new Result.Unfit("one field lies inside another: " + field.getKey());
                }
                at = object;
            }
            if (at.has(names[names.length - 1])) {
                return new Result.Unfit("one field lies inside another: " + field.getKey());
            }
            at.set(names[names.length - 1], Json.of(field.getValue()));
        }
        return new Result.Made(new Datum.Tree(root));
    }
}
