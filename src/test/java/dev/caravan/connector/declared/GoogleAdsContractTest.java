package dev.caravan.connector.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import dev.caravan.transport.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Google Ads keeps the contract of destinations. */
class GoogleAdsContractTest extends DestinationContract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DeclaredDestination ADS = Bed.own(
            "google_ads",
            Map.of(
                    "client_secret", CANARY,
                    "refresh_token", CANARY,
                    "developer_token", CANARY,
                    "customer_id", "4200001000"));

    @Override
    protected Destination destination() {
        return ADS;
    }

    @Override
    protected List<Operation> operations() {
        return List.of(
                update("adGroups", "cpc_bid"),
                update("adGroupCriteria", "bid_modifier"),
                update("adGroupBidModifiers", "bid_modifier"),
                update("campaignBidModifiers", "bid_modifier"),
                update("campaigns", "status"),
                update("campaignBudgets", "amount"),
                update("biddingStrategies", "target_roas"));
    }

    private static Operation update(String object, String field) {
        return new Operation(
                Action.UPDATE,
                object,
                "id",
                i -> Bed.row(i, "1~" + i, null, Map.of(field, new Value.Text("7.654321"))),
                GoogleAdsContractTest::well,
                true);
    }

    private static Reply well(HttpRequest request) {
        try {
            ObjectNode answer = JSON.createObjectNode();
            ArrayNode results = answer.putArray("results");
            for (JsonNode operation : JSON.readTree(request.body().bytes()).path("operations")) {
                results.addObject().set("resourceName", operation.at("/update/resourceName"));
            }
            return Drive.answer(200, answer.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Batch batch(Operation operation, List<Write> writes) {
        TargetSchema schema = new TargetSchema(operation.object(), List.of(), Optional.of(TargetField.Kind.TEXT));
        return new Batch(operation.action(), false, operation.object(), operation.keyField(), schema, writes);
    }
}
