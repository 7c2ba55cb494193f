package dev.caravan.sandbox.hubspot.store;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the portal checks of values before it takes any. The names of the errors are recorded or documented. */
public final class Checks {

    private static final Pattern EMAIL = Pattern.compile("[^@\\s,;<>\"]+@[^@\\s.,;<>\"]+(\\.[^@\\s.,;<>\"]+)+");
    private static final Pattern MILLIS = Pattern.compile("-?\\d{1,15}");
    private static final int LONGEST = 65_536;

    private Checks() {}

    /** Everything that is wrong with these values; empty when they can be stored. */
    public static List<Invalid> of(ObjectType type, Map<String, String> values) {
        List<Invalid> invalid = new ArrayList<>();
        values.forEach((name, value) -> type.property(name)
                .ifPresentOrElse(
                        property -> check(property, value, invalid),
                        () -> invalid.add(new Invalid(
                                "Property \"" + name + "\" does not exist", "PROPERTY_DOESNT_EXIST", name))));
        return invalid;
    }

    private static void check(Property property, String value, List<Invalid> invalid) {
        String name = property.name();
        if (property.readOnly()) {
            invalid.add(new Invalid(
                    "\"" + name + "\" is a read only property; its value cannot be set.", "READ_ONLY_VALUE", name));
        } else if (value.isEmpty()) {
            return;
        } else if (value.length() > LONGEST) {
            invalid.add(new Invalid(
                    "Property values must be under " + LONGEST + " characters", "PROPERTY_VALUE_TOO_LONG", name));
        } else if (property.isEmail() && !EMAIL.matcher(value.strip()).matches()) {
            invalid.add(new Invalid("Email address " + value + " is invalid", "INVALID_EMAIL", name));
        } else if (!isOfType(property, value)) {
            invalid.add(
                    property.type().equals("enumeration") || property.type().equals("bool")
                            ? new Invalid(
                                    value + " was not one of the allowed options: " + property.options(),
                                    "INVALID_OPTION",
                                    name)
                            : new Invalid(value + " was not a valid long.", "INVALID_LONG", name));
        }
    }

    private static boolean isOfType(Property property, String value) {
        return switch (property.type()) {
            case "number" -> isNumber(value);
            case "date" -> isDate(value) || isMidnight(value);
            case "datetime" -> MILLIS.matcher(value).matches() || isDate(value) || isInstant(value);
            case "enumeration" ->
                property.options().isEmpty() || property.options().containsAll(List.of(value.split(";", -1)));
            case "bool" -> value.equals("true") || value.equals("false");
            default -> true;
        };
    }

    private static boolean isNumber(String value) {
        try {
            new BigDecimal(value.strip());
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isDate(String value) {
        try {
            LocalDate.parse(value);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    // A date may be sent as milliseconds, but of midnight in UTC only.
    private static boolean isMidnight(String value) {
        return MILLIS.matcher(value).matches() && Long.parseLong(value) % 86_400_000 == 0;
    }

    private static boolean isInstant(String value) {
        try {
            Instant.parse(value);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
