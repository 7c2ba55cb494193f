package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoogleTest extends VendorTests {

    private static final String FORM =
            "grant_type=refresh_token&client_id=caravan-demo&client_secret=caravan-demo-secret&refresh_token=caravan-demo-refresh";
    private static final String A = "a".repeat(64);

    private String vendor = "datamanager";
    private String token = "";

    @Override
    String vendor() {
        return vendor;
    }

    @Override
    String[] credentials() {
        return new String[] {"Authorization", "Bearer " + token, "developer-token", "caravan-demo-developer-token"};
    }

    private void login(String api) throws Exception {
        vendor = api;
        token = form("/token", FORM).json().path("access_token").asText();
    }

    private static String members(String more, String... hashes) {
        StringBuilder list = new StringBuilder();
        for (String hash : hashes) {
            list.append(list.isEmpty() ? "" : ",")
                    .append("{'userData':{'userIdentifiers':[{'emailAddress':'")
                    .append(hash)
                    .append("'}]}}");
        }
        return "{'destinations':[{'operatingAccount':{'accountType':'GOOGLE_ADS','accountId':'1'},'productDestinationId':'L'}],"
                + "'encoding':'HEX','termsOfService':{'customerMatchTermsOfServiceStatus':'ACCEPTED'}," + more
                + "'audienceMembers':[" + list + "]}";
    }

    @Test
    void oneBadMemberRefusesAllAndIsNamedByItsPlace() throws Exception {
        login("datamanager");
        Client.Answer refused = post("/v1/audienceMembers:ingest", members("", A, "xyz", A.substring(1)));
        assertThat(refused.status()).isEqualTo(400);
        JsonNode violations = refused.json().at("/error/details/2/fieldViolations");
        assertThat(texts(violations, "/reason")).containsExactly("INVALID_HEX_ENCODING", "INVALID_SHA256_FORMAT");
        assertThat(violations.at("/0/field").asText()).startsWith("audience_members[1]");
        assertThat(sandbox.vendor("datamanager").counts()).containsEntry("members", 0);
    }

    @Test
    void aMemberWhoIsNotIngestedAgainIsNoneAnyMoreInTheEnd() throws Exception {
        String other = A.replace(A.charAt(0), A.charAt(0) == 'b' ? 'c' : 'b');
        login("datamanager");
        post("/v1/audienceMembers:ingest", members("", A, other));
        sandbox.clock().advance(Duration.ofDays(500));
        login("datamanager");
        post("/v1/audienceMembers:ingest", members("", A));
        assertThat(sandbox.vendor("datamanager").counts()).containsEntry("members", 2);
        sandbox.clock().advance(Duration.ofDays(40));
        assertThat(sandbox.vendor("datamanager").records("members"))
                .singleElement()
                .satisfies(member -> assertThat(
                                member.at("/identifiers/0/emailAddress").asText())
                        .isEqualTo(A));
        int writes = sandbox.writes().size();
        login("datamanager");
        post("/v1/audienceMembers:remove", members("", other));
        assertThat(sandbox.writes()).as("nobody is taken out").hasSize(writes);
        sandbox.vendor("datamanager").settings().change(Map.of("membership_days", 0));
        sandbox.clock().advance(Duration.ofDays(10_000));
        assertThat(sandbox.vendor("datamanager").counts()).containsEntry("members", 1);
    }

    @Test
    void whatIsAcceptedIsCountedLaterAndNeverSaidOfOneRecord() throws Exception {
        login("datamanager");
        assertThat(post("/v1/audienceMembers:ingest", members("'validateOnly':true,", A))
                        .status())
                .isEqualTo(200);
        assertThat(sandbox.writes()).isEmpty();
        String id = post("/v1/audienceMembers:ingest", members("", A))
                .json()
                .path("requestId")
                .asText();
        String status = "/v1/requestStatus:retrieve?requestId=" + id;
        assertThat(get(status)
                        .json()
                        .at("/requestStatusPerDestination/0/requestStatus")
                        .asText())
                .isEqualTo("PROCESSING");
        sandbox.clock().advance(Duration.ofSeconds(1));
        JsonNode done = get(status).json().at("/requestStatusPerDestination/0");
        assertThat(done.path("requestStatus").asText()).isEqualTo("SUCCESS");
        assertThat(done.at("/audienceMembersIngestionStatus/userDataIngestionStatus/recordCount")
                        .asText())
                .isEqualTo("1");
        post("/v1/audienceMembers:remove", members("", A));
        assertThat(sandbox.vendor("datamanager").counts()).containsEntry("members", 0);
    }

    @Test
    void aTransactionSentTwiceCountsOnceAndShowsInTheCounts() throws Exception {
        login("datamanager");
        String events =
                "{'destinations':[{'operatingAccount':{'accountType':'GOOGLE_ADS','accountId':'1'},'productDestinationId':'C'}],"
                        + "'encoding':'HEX','events':[{'transactionId':'t1','eventTimestamp':'2026-03-01T00:00:00Z'}]}";
        post("/v1/events:ingest", events);
        String id = post("/v1/events:ingest", events).json().path("requestId").asText();
        sandbox.clock().advance(Duration.ofSeconds(1));
        JsonNode status = get("/v1/requestStatus:retrieve?requestId=" + id).json();
        assertThat(status.toString()).contains("PARTIAL_SUCCESS", "PROCESSING_ERROR_REASON_DUPLICATE_TRANSACTION_ID");
        assertThat(sandbox.vendor("datamanager").counts()).containsEntry("events", 1);
    }

    @Test
    void tokensEndAndAreAskedForAgain() throws Exception {
        login("datamanager");
        sandbox.clock().advance(Duration.ofSeconds(3_599));
        assertThat(get("/v1/requestStatus:retrieve?requestId=x")
                        .json()
                        .at("/error/status")
                        .asText())
                .isEqualTo("UNAUTHENTICATED");
        login("datamanager");
        assertThat(get("/v1/requestStatus:retrieve?requestId=x").status()).isEqualTo(404);
    }

    private static String bid(String id, String micros) {
        return "{'update':{'resourceName':'customers/4200001000/adGroups/" + id + "','cpcBidMicros':'" + micros
                + "'},'updateMask':'cpcBidMicros'}";
    }

    @Test
    void withPartialFailureAnEmptyResultIsOneThatFailed() throws Exception {
        login("googleads");
        String path = "/v25/customers/4200001000/adGroups:mutate";
        String operations =
                "'operations':[" + bid("1", "1500000") + "," + bid("99", "1500000") + "," + bid("2", "1500001") + "]";
        JsonNode dry = post(path, "{" + operations + ",'partialFailure':true,'validateOnly':true}")
                .json();
        assertThat(dry.has("partialFailureError")).isTrue();
        assertThat(sandbox.writes()).isEmpty();
        assertThat(post(path, "{" + operations + "}").status()).isEqualTo(400);
        assertThat(sandbox.writes()).isEmpty();
        JsonNode done = post(path, "{" + operations + ",'partialFailure':true}").json();
        assertThat(texts(done.path("results"), "/resourceName"))
                .containsExactly("customers/4200001000/adGroups/1", "", "");
        JsonNode errors = done.at("/partialFailureError/details/0/errors");
        assertThat(texts(errors, "/location/fieldPathElements/0/index")).containsExactly("1", "2");
        assertThat(errors.at("/0/errorCode/mutateError").asText()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(errors.at("/1/errorCode/currencyError").asText()).isEqualTo("VALUE_NOT_MULTIPLE_OF_BILLABLE_UNIT");
        String query = "{'query':'SELECT ad_group.cpc_bid_micros FROM ad_group'}";
        assertThat(post("/v25/customers/4200001000/googleAds:search", query)
                        .json()
                        .at("/results/0/adGroup/cpcBidMicros"))
                .isEqualTo(Client.JSON.getNodeFactory().textNode("1500000"));
    }

    @Test
    void somebodyElseMayBeAtItAndTheDayMayBeUsedUp() throws Exception {
        login("googleads");
        String path = "/v25/customers/4200001000/adGroups:mutate";
        control("POST", "/settings/googleads", "{'concurrent_every':2,'operations_per_day':2}");
        assertThat(post(path, "{'operations':[" + bid("1", "10000") + "]}").status())
                .isEqualTo(200);
        assertThat(post(path, "{'operations':[" + bid("1", "10000") + "]}").text())
                .contains("CONCURRENT_MODIFICATION");
        Client.Answer over = post(path, "{'operations':[" + bid("1", "10000") + "]}");
        assertThat(over.status()).isEqualTo(429);
        assertThat(over.text()).contains("RESOURCE_EXHAUSTED");
    }
}
