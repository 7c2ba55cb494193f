package dev.caravan.sandbox.salesforce.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one question about rights that is answered: whether a permission set of a user lets him see all records of an object. Any other
 * query with a query inside is malformed here. Rests on documentation alone.
 *
 * @param seesAll the answer
 */
public record Permissions(boolean seesAll) {

    private static final Pattern QUESTION = Pattern.compile(
            "SELECT Id FROM ObjectPermissions WHERE SobjectType = '\\w+' AND PermissionsViewAllRecords = true"
                    + " AND ParentId IN \\(SELECT PermissionSetId FROM PermissionSetAssignment"
                    + " WHERE AssigneeId = '005\\w{12,15}'\\)");

    private static final String ID = "1104W00001PERMSQAQ";

    /** The answer to a query that asks so; empty for any other. */
    Optional<Reply> answer(String soql, String version) {
        if (!QUESTION.matcher(soql).matches()) {
            return Optional.empty();
        }
        ObjectNode json = Json.object().put("totalSize", seesAll ? 1 : 0).put("done", true);
        ArrayNode records = json.putArray("records");
        if (seesAll) {
            ObjectNode record = records.addObject();
            record.putObject("attributes")
                    .put("type", "ObjectPermissions")
                    .put("url", "/services/data/" + version + "/sobjects/ObjectPermissions/" + ID);
            record.put("Id", ID);
        }
        return Optional.of(Reply.json(200, json));
    }
}
