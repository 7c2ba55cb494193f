package dev.caravan.sandbox.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** The query language of contact search: comparisons, joined by AND and OR. */
final class Search {

    private Search() {}

    static boolean matches(JsonNode contact, JsonNode query) {
        String operator = query.path("operator").asText("=");
        JsonNode value = query.path("value");
        if (operator.equals("AND") || operator.equals("OR")) {
            boolean all = true;
            boolean any = false;
            for (JsonNode each : value) {
                boolean one = matches(contact, each);
                all &= one;
                any |= one;
            }
            return operator.equals("AND") ? all : any;
        }
        String found =
                contact.at("/" + query.path("field").asText().replace('.', '/')).asText("");
        return switch (operator) {
            case "=" -> same(found, value.asText());
            case "!=" -> !same(found, value.asText());
            case "IN" -> in(found, value);
            case "NIN" -> !in(found, value);
            case "~" -> found.toLowerCase(Locale.ROOT).contains(value.asText().toLowerCase(Locale.ROOT));
            case "^" -> found.startsWith(value.asText());
            case ">" -> found.compareTo(value.asText()) > 0;
            case "<" -> found.compareTo(value.asText()) < 0;
            default -> false;
        };
    }

    private static boolean in(String found, JsonNode values) {
        for (JsonNode value : values) {
            if (same(found, value.asText())) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(String found, String wanted) {
        return found.toLowerCase(Locale.ROOT).equals(wanted.toLowerCase(Locale.ROOT));
    }
}
