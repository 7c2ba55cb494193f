package dev.caravan.connector.salesforce.records;

import dev.caravan.connector.salesforce.wire.WireValue;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.row.Value;
import java.util.List;

/** Queries for records by key. Names were checked against the described schema, values are escaped as literals. */
final class Soql {

    private Soql() {}

    static String idsByKey(String object, String keyField, List<String> literals) {
        return "SELECT Id," + keyField + " FROM " + object + " WHERE " + keyField + " IN (" + String.join(",", literals)
                + ")";
    }

    /** All that tells whether records with these keys are what an insert made; for the endpoint that sees deleted ones too. */
    static String recordsByKey(String object, String keyField, List<String> fields, List<String> literals) {
        StringBuilder columns = new StringBuilder("Id,CreatedById,CreatedDate,IsDeleted," + keyField);
        fields.forEach(field -> columns.append(',').append(field));
        return "SELECT " + columns + " FROM " + object + " WHERE " + keyField + " IN (" + String.join(",", literals)
                + ")";
    }

    /** Has a row if a permission set of the user, his profile's included, lets him see all records of the object. */
    static String seesAll(String object, String user) {
        return "SELECT Id FROM ObjectPermissions WHERE SobjectType = '" + object
                + "' AND PermissionsViewAllRecords = true AND ParentId IN"
                + " (SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = '" + user + "')";
    }

    /** A value as an SOQL literal: numbers, dates and truth values bare, anything else quoted. */
    static String literal(Kind kind, Value value) {
        String text = WireValue.text(kind, value);
        return switch (kind) {
            case INTEGER, NUMBER -> text.matches("-?\\d+(\\.\\d+)?") ? text : quoted(text);
            case DATE, TIMESTAMP, INSTANT, TIME -> text.matches("[0-9TZ:.-]+") ? text : quoted(text);
            case BOOLEAN -> text.equals("true") || text.equals("false") ? text : quoted(text);
            case TEXT, EMAIL, ENUM, REFERENCE, JSON, BINARY, OTHER -> quoted(text);
        };
    }

    private static String quoted(String text) {
        StringBuilder literal = new StringBuilder("'");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> literal.append("\\\\");
                case '\'' -> literal.append("\\'");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                case '\b' -> literal.append("\\b");
                case '\f' -> literal.append("\\f");
                default -> literal.append(c);
            }
        }
        return literal.append('\'').toString();
    }
}
