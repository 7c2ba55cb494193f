package dev.caravan.sandbox.salesforce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.salesforce.dml.RowError;
import dev.caravan.sandbox.vendor.Settings;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the API has to do with duplicate rules: the header that passes them over, and what an error tells of the doubles. */
public final class DuplicateRules {

    /** The trap's name. */
    static final String SETTING = "duplicate_rules";

    private static final Pattern SAVE = Pattern.compile("allowsave\\s*=\\s*true");

    private DuplicateRules() {}

    /** Whether a request's records are held against the rules. */
    public static boolean concern(Request request, Settings settings) {
        String header =
                request.header("sforce-duplicate-rule-header").orElse("").toLowerCase(Locale.ROOT);
        return settings.on(SETTING) && !SAVE.matcher(header).find();
    }

    /** Adds {@code duplicateResult}. */
    static void tell(ObjectNode json, RowError error) {
        if (error.doubles().isEmpty()) {
            return;
        }
        ObjectNode result =
                json.putObject("duplicateResult").put("allowSave", true).put("duplicateRule", "Standard_Rule");
        ObjectNode matches = result.putArray("matchResults").addObject();
        matches.put("matchEngine", "ExactMatchEngine")
                .put("rule", "Standard_Match")
                .put("size", error.doubles().size())
                .put("success", true);
        ArrayNode records = matches.putArray("matchRecords");
        for (String id : error.doubles()) {
            ObjectNode match = records.addObject().put("matchConfidence", 100.0);
            match.putArray("additionalInformation");
            match.putArray("fieldDiffs");
            match.putObject("record").put("Id", id);
        }
    }
}
