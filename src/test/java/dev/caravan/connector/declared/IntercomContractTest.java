package dev.caravan.connector.declared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Destination;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.DestinationContract;
import dev.caravan.destination.kit.Drive;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.HttpRequest.Method;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Intercom keeps the contract of destinations. */
class IntercomContractTest extends DestinationContract {

    private static final DeclaredDestination INTERCOM = Bed.own("intercom", Map.of("access_token", CANARY));

    @Override
    protected Destination destination() {
        return INTERCOM;
    }

    @Override
    protected List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (String object : List.of("contacts", "leads")) {
            for (Action action : List.of(Action.UPSERT, Action.UPDATE, Action.INSERT, Action.ARCHIVE, Action.DELETE)) {
                operations.add(operation(action, object, "email"));
            }
        }
        operations.add(operation(Action.UPSERT, "companies", "company_id"));
        operations.add(operation(Action.UPDATE, "companies", "company_id"));
        operations.add(operation(Action.INSERT, "companies", "company_id"));
        operations.add(operation(Action.DELETE, "companies", "company_id"));
        for (String object : List.of("tag_7", "company_7")) {
            operations.add(operation(Action.ADD, object, "contact_id"));
            operations.add(operation(Action.REMOVE, object, "contact_id"));
        }
        return operations;
    }

    private static Operation operation(Action action, String object, String keyField) {
        boolean tells = action == Action.UPSERT || action == Action.UPDATE || action == Action.INSERT;
        return new Operation(
                action,
                object,
                keyField,
                i -> Bed.row(
                        i,
                        "k" + i + "@x.example",
                        "c" + i,
                        tells ? Map.of("name", new Value.Text("private-" + i)) : Map.of()),
                action == Action.INSERT ? IntercomContractTest::asOfNew : IntercomContractTest::answer,
                true);
    }

    /** What is to be made is not there yet. */
    private static Reply asOfNew(HttpRequest request) {
        return request.method() == Method.GET
                ? Drive.answer(404, "{\"type\":\"error.list\",\"errors\":[{\"code\":\"company_not_found\"}]}")
                : answer(request);
    }

    private static Reply answer(HttpRequest request) {
        String[] parts = request.path().split("/", -1);
        if (request.method() == Method.GET) {
            String key = URLDecoder.decode(request.path().replaceAll(".*company_id=", ""), StandardCharsets.UTF_8);
            return Drive.answer(200, "{\"type\":\"company\",\"id\":\"f1\",\"company_id\":\"%s\"}".formatted(key));
        }
        if (request.path().endsWith("/search")) {
            return found(request);
        }
        if (parts.length == 3 && request.method() == Method.DELETE) {
            return Drive.answer(200, "{\"id\":\"%s\",\"deleted\":true}".formatted(parts[2]));
        }
        if (parts.length > 3) {
            String type = parts[3].equals("tags") ? "tag" : "company";
            return Drive.answer(
                    200,
                    parts[3].equals("archive")
                            ? "{\"id\":\"%s\",\"archived\":true}".formatted(parts[2])
                            : "{\"type\":\"%s\",\"id\":\"7\"}".formatted(type));
        }
        JsonNode body = body(request);
        ObjectNode written = Recorded.JSON.createObjectNode();
        written.put("type", parts[1].equals("contacts") ? "contact" : "company")
                .put("id", parts.length > 2 ? parts[2] : "c1");
        written.set("email", body.path("email"));
        written.set("company_id", body.path("company_id"));
        return Drive.answer(200, written.toString());
    }

    private static Reply found(HttpRequest request) {
        ObjectNode answer = Recorded.JSON.createObjectNode();
        ArrayNode data = answer.putArray("data");
        for (JsonNode each : body(request).at("/query/value/1/value")) {
            data.addObject().put("id", "f" + data.size()).set("email", each.path("value"));
        }
        return Drive.answer(200, answer.toString());
    }

    @Override
    protected Reply moved(Case operation, Request request) {
        HttpRequest asked = HttpRequest.of(request);
        return asked.path().endsWith("/search") ? Drive.answer(200, "{\"data\":[]}") : answer(asked);
    }

    @Override
    protected Reply gone(Case operation, Request request) {
        HttpRequest asked = HttpRequest.of(request);
        return asked.path().matches("/contacts/c[0-9]+")
                ? Drive.answer(404, "{\"type\":\"error.list\",\"errors\":[{\"code\":\"not_found\"}]}")
                : moved(operation, asked);
    }

    private static JsonNode body(HttpRequest request) {
        try {
            return Recorded.JSON.readTree(request.body().text());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Batch batch(Operation operation, List<Write> writes) {
        TargetSchema schema = new TargetSchema(operation.object(), List.of(), Optional.of(TargetField.Kind.TEXT));
        return new Batch(operation.action(), false, operation.object(), operation.keyField(), schema, writes);
    }
}
