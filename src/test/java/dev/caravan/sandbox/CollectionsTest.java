package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CollectionsTest extends SandboxTests {

    private static final String ALL = Client.API + "/composite/sobjects";

    @Test
    void upsertCreatesThenUpdatesAndMatchesWithoutRegardToCase() throws Exception {
        JsonNode first = upsertLead("L1", "");
        JsonNode second = upsertLead("l1", q(",'Rating':'Hot'"));

        assertThat(first.path("created").asBoolean()).isTrue();
        assertThat(second.path("created").asBoolean(true)).isFalse();
        assertThat(second.path("id")).isEqualTo(first.path("id"));
        assertThat(second.path("errors").isEmpty()).isTrue();
        assertThat(sandbox.records("Lead")).hasSize(1);
        assertThat(leadRecord("L1").path("Lead_Id__c").asText()).isEqualTo("l1");
        assertThat(leadRecord("L1").path("Rating").asText()).isEqualTo("Hot");
    }

    @Test
    void aCaseSensitiveKeyTellsCasesApart() throws Exception {
        String record = q("{'attributes':{'type':'Contact'},'LastName':'X','Ext__c':'%s'}");
        client.upsert("Contact/Ext__c", "[" + record.formatted("a") + "]");
        JsonNode second = client.upsert("Contact/Ext__c", "[" + record.formatted("A") + "]")
                .json()
                .path(0);
        assertThat(second.path("created").asBoolean()).isTrue();
        assertThat(sandbox.records("Contact")).hasSize(2);
    }

    @Test
    void resultsAreInTheOrderOfTheRequestAndOneBadRowDoesNotStopTheOthers() throws Exception {
        String rows = "[" + lead("A", "") + "," + lead("B", q(",'Email':'badone'")) + "," + lead("C", "") + "]";
        JsonNode results = client.upsert("Lead/Lead_Id__c", rows).json();

        assertThat(results.size()).isEqualTo(3);
        assertThat(results.path(0).path("id").asText())
                .isEqualTo(leadRecord("A").path("Id").asText());
        assertThat(results.path(2).path("id").asText())
                .isEqualTo(leadRecord("C").path("Id").asText());
        assertThat(results.path(1))
                .isEqualTo(Client.json(q("{'success':false,'errors':[{'statusCode':'INVALID_EMAIL_ADDRESS',"
                        + "'message':'Email: invalid email address: badone','fields':['Email']}]}")));
    }

    @Test
    void theSameExternalIdTwiceInOneRequestIsRefusedTheSecondTime() throws Exception {
        JsonNode results = client.upsert("Lead/Lead_Id__c", "[" + lead("A", "") + "," + lead("a", "") + "]")
                .json();
        assertThat(results.path(0).path("success").asBoolean()).isTrue();
        assertThat(results.path(1).path("errors").path(0).path("statusCode").asText())
                .isEqualTo("DUPLICATE_VALUE");
    }

    @Test
    void allOrNoneRollsBackAndSaysCreatedOfWhatIsGone() throws Exception {
        String body = "{\"allOrNone\":true,\"records\":[" + lead("A", "") + "," + lead("B", q(",'Email':'x'")) + "]}";
        JsonNode results = client.patch(ALL + "/Lead/Lead_Id__c", body).json();

        assertThat(results.path(0).path("success").asBoolean(true)).isFalse();
        assertThat(results.path(0).path("created").asBoolean()).isTrue();
        assertThat(results.path(0).path("errors").path(0).path("statusCode").asText())
                .isEqualTo("ALL_OR_NONE_OPERATION_ROLLED_BACK");
        assertThat(sandbox.records("Lead")).isEmpty();
        assertThat(sandbox.writes()).isEmpty();
        assertThat(upsertLead("A", "").path("created").asBoolean()).isTrue();
    }

    @Test
    void insertUpdateAndDeleteByLowerCaseId() throws Exception {
        String insert = q("{'records':[{'attributes':{'type':'Account'},'Name':'Acme'}]}");
        JsonNode inserted = client.post(ALL, insert).json().path(0);
        String id = inserted.path("id").asText();
        assertThat(inserted.has("created")).isFalse();
        assertThat(id).startsWith("001").hasSize(18);

        String update =
                q("{'records':[{'attributes':{'type':'Account'},'id':'" + id.substring(0, 15) + "','Site':'HQ'}]}");
        assertThat(client.patch(ALL, update).json().path(0).path("success").asBoolean())
                .isTrue();
        assertThat(sandbox.records("Account").getFirst().path("Site").asText()).isEqualTo("HQ");

        JsonNode deleted = client.exchange("DELETE", ALL + "?ids=" + id + "&allOrNone=false", "")
                .json();
        assertThat(deleted).isEqualTo(Client.json(q("[{'id':'" + id + "','success':true,'errors':[]}]")));
        assertThat(sandbox.records("Account")).isEmpty();
        assertThat(client.patch(ALL, update)
                        .json()
                        .path(0)
                        .path("errors")
                        .path(0)
                        .path("statusCode")
                        .asText())
                .isEqualTo("ENTITY_IS_DELETED");
    }

    @Test
    void rowsThatNameNoRecordAreRefused() throws Exception {
        String update = q("{'records':[{'attributes':{'type':'Lead'},'id':'%s','Title':'x'}]}");
        assertThat(updateCode(update.formatted("00QSb0000000zzzXYZ"))).isEqualTo("MALFORMED_ID");
        assertThat(updateCode(update.formatted("00QSb0000000zzz"))).isEqualTo("INVALID_CROSS_REFERENCE_KEY");
        assertThat(updateCode(update.formatted("001Sb0000000001"))).isEqualTo("MALFORMED_ID");
        assertThat(updateCode(update.formatted(""))).isEqualTo("MISSING_ARGUMENT");
        JsonNode noKey = client.upsert(
                        "Lead/Lead_Id__c", q("[{'attributes':{'type':'Lead'},'LastName':'x','Company':'y'}]"))
                .json()
                .path(0);
        assertThat(noKey.path("errors").path(0).path("statusCode").asText()).isEqualTo("MISSING_ARGUMENT");
    }

    private String updateCode(String body) throws Exception {
        return client.patch(ALL, body)
                .json()
                .path(0)
                .path("errors")
                .path(0)
                .path("statusCode")
                .asText();
    }

    @Test
    void upsertByIdInsertsWithoutAndUpdatesWithOne() throws Exception {
        String insert = q("[{'attributes':{'type':'Account'},'Id':null,'Name':'Acme'}]");
        JsonNode inserted = client.upsert("Account/Id", insert).json().path(0);
        assertThat(inserted.path("created").asBoolean()).isTrue();
        String update = q(
                "[{'attributes':{'type':'Account'},'Id':'" + inserted.path("id").asText() + "','Site':'HQ'}]");
        assertThat(client.upsert("Account/Id", update)
                        .json()
                        .path(0)
                        .path("created")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void severalMatchesAreAnErrorOfTheRow() throws Exception {
        upsertLead("A", q(",'Ref__c':'same'"));
        upsertLead("B", q(",'Ref__c':'SAME'"));
        JsonNode result = client.upsert("Lead/Ref__c", q("[{'attributes':{'type':'Lead'},'Ref__c':'same'}]"))
                .json()
                .path(0);
        assertThat(result.path("errors").path(0).path("statusCode").asText()).isEqualTo("DUPLICATE_EXTERNAL_ID");
    }

    @Test
    void malformedRequestsAre400Arrays() throws Exception {
        Client.Answer none = client.upsert("Lead/Lead_Id__c", "[]");
        assertThat(none.status()).isEqualTo(400);
        assertThat(none.code()).isEqualTo("REQUIRED_FIELD_MISSING");
        assertThat(none.json().path(0).path("message").asText()).isEqualTo("At least 1 record is required");
        assertThat(client.patch(ALL + "/Lead/Lead_Id__c", "{").code()).isEqualTo("JSON_PARSER_ERROR");
        assertThat(client.upsert("Lead/Lead_Id__c", q("[{'LastName':'x'}]")).code())
                .isEqualTo("INVALID_TYPE");
        assertThat(client.upsert("Lead/Lead_Id__c", q("[{'attributes':{'type':'Account'}}]"))
                        .code())
                .isEqualTo("INVALID_TYPE");
        assertThat(client.upsert("Lead/Lead_Id__c", q("[{'attributes':{'type':'Lead'},'id':'x'}]"))
                        .code())
                .isEqualTo("INVALID_FIELD");
        assertThat(client.upsert("Lead/Nope__c", "[" + lead("A", "") + "]").status())
                .isEqualTo(404);
        assertThat(client.upsert("Nope__c/Nope__c", "[" + lead("A", "") + "]").status())
                .isEqualTo(404);
        String many =
                IntStream.range(0, 201).mapToObj(i -> lead("L" + i, "")).collect(Collectors.joining(",", "[", "]"));
        assertThat(client.upsert("Lead/Lead_Id__c", many).code()).isEqualTo("EXCEEDED_ID_LIMIT");
        assertThat(sandbox.records("Lead")).isEmpty();
    }

    @Test
    void anUnreadableRecordRefusesTheWholeRequest() throws Exception {
        Client.Answer unknown =
                client.upsert("Lead/Lead_Id__c", "[" + lead("A", "") + "," + lead("B", q(",'Nope__c':1")) + "]");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.code()).isEqualTo("INVALID_FIELD");
        assertThat(unknown.text()).contains("No such column 'Nope__c' on sobject of type Lead");
        assertThat(client.upsert("Lead/Lead_Id__c", "[" + lead("B", q(",'Lead_Score__c':'high'")) + "]")
                        .code())
                .isEqualTo("JSON_PARSER_ERROR");
        assertThat(sandbox.records("Lead")).isEmpty();
    }

    @Test
    void aReferenceMayBeGivenByTheOthersExternalId() throws Exception {
        upsertLead("L1", "");
        String visit = q("[{'attributes':{'type':'Visit__c'},'Visit_Key__c':'V1','Lead__r':{'Lead_Id__c':'%s'}}]");
        assertThat(client.upsert("Visit__c/Visit_Key__c", visit.formatted("L1"))
                        .json()
                        .path(0)
                        .path("success")
                        .asBoolean())
                .isTrue();
        JsonNode saved = sandbox.records("Visit__c").getFirst();
        assertThat(saved.path("Lead__c")).isEqualTo(leadRecord("L1").path("Id"));
        assertThat(saved.path("Name"))
                .as("a custom object's name is its id until it has one")
                .isEqualTo(saved.path("Id"));
        JsonNode lost = client.upsert("Visit__c/Visit_Key__c", visit.formatted("none"))
                .json()
                .path(0);
        assertThat(lost.path("errors").path(0).path("message").asText())
                .isEqualTo("Foreign key external ID: none not found for field Lead_Id__c in entity Lead");
    }

    @Test
    void everyWriteIsInTheLedgerWithItsClient() throws Exception {
        client.exchange(
                "PATCH",
                ALL + "/Lead/Lead_Id__c",
                "{\"records\":[" + lead("L1", "") + "]}",
                "Sforce-Call-Options",
                "client=caravan/1");
        JsonNode entry = client.get("/__sandbox/writes").json().path("writes").path(0);
        assertThat(entry.path("sequence").asInt()).isEqualTo(1);
        assertThat(entry.path("key").asText()).isEqualTo("L1");
        assertThat(entry.path("operation").asText()).isEqualTo("insert");
        assertThat(entry.path("author").path("client").asText()).isEqualTo("caravan/1");
        assertThat(entry.path("author").path("request").asInt()).isEqualTo(2);
        assertThat(entry.path("fields").toString()).isEqualTo(q("['Lead_Id__c','LastName','Company']"));
    }
}
