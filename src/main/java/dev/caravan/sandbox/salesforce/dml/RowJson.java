package dev.caravan.sandbox.salesforce.dml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.salesforce.schema.Field;
import dev.caravan.sandbox.salesforce.schema.FieldType;
import dev.caravan.sandbox.salesforce.schema.SObject;
import dev.caravan.sandbox.salesforce.store.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values and records as the REST API shows them. */
public final class RowJson {

    private static final DateTimeFormatter DATETIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSxx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS'Z'", Locale.ROOT);

    private RowJson() {}

    /** An object with the {@code attributes} every record begins with. */
    public static ObjectNode start(SObject object, Row row, String version) {
        ObjectNode json = Json.object();
        json.putObject("attributes")
                .put("type", object.name())
                .put("url", "/services/data/" + version + "/sobjects/" + object.name() + "/" + row.id());
        return json;
    }

    /** One field of a record. */
    public static JsonNode value(SObject object, Field field, Row row) {
        if (field.type() == FieldType.ADDRESS) {
            return address(object, field, row);
        }
        return json(field, row.get(field));
    }

    /** A moment as the API writes it, for example {@code 2026-01-31T08:00:00.000+0000}. */
    public static String datetime(Instant instant) {
        return DATETIME.format(instant);
    }

    private static JsonNode json(Field field, @Nullable Object value) {
        return switch (value) {
            case null -> NullNode.getInstance();
            case Boolean truth -> BooleanNode.valueOf(truth);
            case BigDecimal number -> number(field, number);
            case Instant instant -> TextNode.valueOf(datetime(instant));
            case LocalTime time -> TextNode.valueOf(TIME.format(time));
            default -> TextNode.valueOf(value.toString());
        };
    }

    // Integers have no point; other numbers always have one.
    private static JsonNode number(Field field, BigDecimal number) {
        if (field.type() == FieldType.INT) {
            return IntNode.valueOf(number.intValue());
        }
        BigDecimal plain = number.stripTrailingZeros();
        return DecimalNode.valueOf(plain.scale() < 1 ? plain.setScale(1) : plain);
    }

    private static JsonNode address(SObject object, Field address, Row row) {
        ObjectNode json = Json.object();
        String prefix = address.name().substring(0, address.name().length() - "Address".length());
        boolean any = false;
        for (Field part : object.fields()) {
            if (address.name().equals(part.compound())) {
                String name = part.name().substring(prefix.length());
                json.set(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1), json(part, row.get(part)));
                any |= row.get(part) != null;
            }
        }
        return any ? json : NullNode.getInstance();
    }
}
