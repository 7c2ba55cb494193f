package dev.caravan.sandbox.salesforce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.salesforce.schema.Describe;
import dev.caravan.sandbox.salesforce.schema.Schemas;
import java.util.Map;

/** Versions, describes and limits. Describes are compared with recorded ones; the rest is documentation. */
final class MetaApi {

    private static final int OLDEST = 31;
    private static final int NEWEST = 66;

    private final Schemas schemas;
    private final Limits limits;

    MetaApi(Schemas schemas, Limits limits) {
        this.schemas = schemas;
        this.limits = limits;
    }

    Reply versions(Request request, Map<String, String> captured) {
        ArrayNode versions = Json.array();
        for (int number = OLDEST; number <= NEWEST; number++) {
            versions.addObject()
                    .put("label", "v" + number)
                    .put("url", "/services/data/v" + number + ".0")
                    .put("version", number + ".0");
        }
        return Reply.json(200, versions);
    }

    Reply resources(Request request, Map<String, String> captured) {
        String base = "/services/data/" + captured.get("v");
        ObjectNode json = Json.object();
        for (String name : new String[] {"sobjects", "limits", "query", "composite", "jobs"}) {
            json.put(name, base + "/" + name);
        }
        return Reply.json(200, json.put("identity", LoginApi.base(request) + "/id"));
    }

    Reply objects(Request request, Map<String, String> captured) {
        ObjectNode json = Json.object().put("encoding", "UTF-8").put("maxBatchSize", 200);
        ArrayNode list = json.putArray("sobjects");
        schemas.all().forEach(object -> list.add(Describe.brief(object, version(captured))));
        return Reply.json(200, json);
    }

    Reply describe(Request request, Map<String, String> captured) {
        return schemas.find(captured.getOrDefault("object", ""))
                .map(object -> Reply.json(200, Describe.object(object, version(captured))))
                .orElseGet(Errors::notFound);
    }

    Reply limits(Request request, Map<String, String> captured) {
        return Reply.json(200, limits.json());
    }

    /** The version of the path, for example {@code v60.0}. */
    static String version(Map<String, String> captured) {
        return captured.getOrDefault("v", "v60.0");
    }
}
