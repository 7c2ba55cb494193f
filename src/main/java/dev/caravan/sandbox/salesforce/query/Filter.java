package dev.caravan.sandbox.salesforce.query;

import dev.caravan.sandbox.salesforce.dml.Texts;
import dev.caravan.sandbox.salesforce.query.Soql.Condition;
import dev.caravan.sandbox.salesforce.query.Soql.Literal;
import dev.caravan.sandbox.salesforce.schema.Field;
import dev.caravan.sandbox.salesforce.schema.Field.Trait;
import dev.caravan.sandbox.salesforce.schema.FieldType;
import dev.caravan.sandbox.salesforce.schema.FieldType.Shape;
import dev.caravan.sandbox.salesforce.store.RecordIds;
import dev.caravan.sandbox.salesforce.store.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One condition of a query with its values read as the field's type. */
record Filter(Field field, String operator, List<@Nullable Object> values) {

    /** A filter, or why the condition cannot be one. */
    sealed interface Reading {
        record Usable(Filter filter) implements Reading {}

        record Unusable(String message) implements Reading {}
    }

    static Reading read(Field field, Condition condition) {
        boolean longText = field.type() == FieldType.TEXTAREA && field.size().length() > 255;
        if (longText || field.type().shape() == Shape.COMPOUND) {
            return new Reading.Unusable("field '" + field.name() + "' can not be filtered in a query call");
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (Literal literal : condition.values()) {
            if (literal.isNull()) {
                values.add(null);
                continue;
            }
            boolean fits = literal.quoted() == (field.type().shape() == Shape.TEXT);
            Optional<Object> value = fits ? Texts.parse(field, literal.text()) : Optional.empty();
            if (value.isEmpty()) {
                return new Reading.Unusable("value of filter criterion for field '" + field.name()
                        + "' must be of type " + field.type().soap().replaceFirst("^\\w+:", "")
                        + (literal.quoted() ? " and should not be enclosed in quotes" : " and be enclosed in quotes"));
            }
            values.add(comparable(field, value.get()));
        }
        return new Reading.Usable(new Filter(field, condition.operator(), values));
    }

    /** Whether the filter asks for certain values, so that an index can serve it. */
    boolean exact() {
        return operator.equals("=") || operator.equals("IN");
    }

    boolean matches(Row row) {
        Object held = row.get(field);
        Object value = held == null ? null : comparable(field, held);
        return switch (operator) {
            case "=", "IN" -> values.stream().anyMatch(wanted -> same(value, wanted));
            case "!=", "NOT IN" -> values.stream().noneMatch(wanted -> same(value, wanted));
            case "LIKE" -> value instanceof String text && like(text);
            case "<" -> compare(value) < 0 && value != null;
            case "<=" -> compare(value) <= 0 && value != null;
            case ">" -> compare(value) > 0;
            default -> compare(value) >= 0 && value != null;
        };
    }

    private boolean like(String text) {
        String wanted = String.valueOf(values.getFirst());
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < wanted.length(); i++) {
            char c = wanted.charAt(i);
            pattern.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(pattern.toString(), Pattern.DOTALL).matcher(text).matches();
    }

    // Null sorts before everything and is never greater or smaller than a value that was asked for.
    private int compare(@Nullable Object value) {
        return order(value, values.getFirst());
    }

    static int order(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return Boolean.compare(a != null, b != null);
        }
        return switch (a) {
            case BigDecimal number when b instanceof BigDecimal other -> number.compareTo(other);
            case Instant instant when b instanceof Instant other -> instant.compareTo(other);
            case LocalDate date when b instanceof LocalDate other -> date.compareTo(other);
            case LocalTime time when b instanceof LocalTime other -> time.compareTo(other);
            default -> a.toString().compareTo(b.toString());
        };
    }

    private static boolean same(@Nullable Object a, @Nullable Object b) {
        return order(a, b) == 0;
    }

    // Texts compare without regard to case unless the field says otherwise; ids by their 18 characters.
    static Object comparable(Field field, Object value) {
        if (!(value instanceof String text)) {
            return value;
        }
        if (field.type() == FieldType.ID || field.type() == FieldType.REFERENCE) {
            return RecordIds.normal(text).orElse(text);
        }
        return field.is(Trait.CASE_SENSITIVE) ? text : text.toLowerCase(Locale.ROOT);
    }
}
