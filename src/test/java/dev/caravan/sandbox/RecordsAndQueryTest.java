package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.salesforce.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordsAndQueryTest extends SandboxTests {

    private static final String LEAD = Client.API + "/sobjects/Lead";

    @Test
    void oneRecordFromInsertToDelete() throws Exception {
        Client.Answer inserted = client.post(LEAD, q("{'LastName':'Smith','Company':'Acme'}"));
        String id = inserted.json().path("id").asText();
        assertThat(inserted.status()).isEqualTo(201);
        assertThat(inserted.json()).isEqualTo(Client.json(q("{'id':'" + id + "','success':true,'errors':[]}")));
        assertThat(inserted.header("Location")).isEqualTo(LEAD + "/" + id);

        assertThat(client.patch(LEAD + "/" + id, q("{'Title':'Boss'}")).status())
                .isEqualTo(204);
        JsonNode read = client.get(LEAD + "/" + id).json();
        assertThat(read.path("Title").asText()).isEqualTo("Boss");
        assertThat(read.path("City").isNull()).isTrue();
        assertThat(read.path("attributes").path("url").asText()).isEqualTo(LEAD + "/" + id);
        assertThat(client.get(LEAD + "/" + id + "?fields=Title").json().size()).isEqualTo(2);

        assertThat(client.exchange("DELETE", LEAD + "/" + id, "").status()).isEqualTo(204);
        assertThat(client.get(LEAD + "/" + id).status()).isEqualTo(404);
        Client.Answer gone = client.exchange("DELETE", LEAD + "/" + id, "");
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.code()).isEqualTo("ENTITY_IS_DELETED");
    }

    @Test
    void errorsOfOneRecordAreARequestLevelArrayWithFields() throws Exception {
        Client.Answer answer = client.post(LEAD, q("{'LastName':'Smith'}"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json())
                .isEqualTo(Client.json(q("[{'message':'Required fields are missing: [Company]',"
                        + "'errorCode':'REQUIRED_FIELD_MISSING','fields':['Company']}]")));
        assertThat(client.patch(LEAD + "/00QSb0000000zzz", "{}").code()).isEqualTo("NOT_FOUND");
        assertThat(client.get(Client.API + "/sobjects/Nope__c/x").code()).isEqualTo("NOT_FOUND");
        assertThat(client.exchange("PUT", LEAD, "{}").status()).isEqualTo(405);
    }

    @Test
    void upsertByExternalIdSaysByItsStatusWhetherItCreated() throws Exception {
        String path = LEAD + "/Lead_Id__c/L%201";
        Client.Answer first = client.patch(path, q("{'LastName':'Smith','Company':'Acme'}"));
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.json().path("created").asBoolean()).isTrue();
        Client.Answer second = client.patch(path, q("{'LastName':'Jones'}"));
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().path("created").asBoolean(true)).isFalse();
        assertThat(client.get(path).json().path("LastName").asText()).isEqualTo("Jones");
        assertThat(client.patch(path.replace("v60.0", "v45.0"), q("{'LastName':'J'}"))
                        .status())
                .isEqualTo(204);
        assertThat(client.patch(path, q("{'Lead_Id__c':'other'}")).code()).isEqualTo("INVALID_FIELD");
        assertThat(client.patch(LEAD + "/Nope__c/1", "{}").status()).isEqualTo(404);
    }

    @Test
    void severalMatchesAnswer300WithTheirUrls() throws Exception {
        upsertLead("A", q(",'Ref__c':'same'"));
        upsertLead("B", q(",'Ref__c':'same'"));
        Client.Answer answer = client.patch(LEAD + "/Ref__c/same", "{}");
        assertThat(answer.status()).isEqualTo(300);
        assertThat(answer.json().path(1).asText())
                .isEqualTo(LEAD + "/" + leadRecord("B").path("Id").asText());
    }

    @Test
    void queriesFindByIdByExternalIdAndByValue() throws Exception {
        upsertLead("A", q(",'Lead_Score__c':1,'Rating':'Hot'"));
        upsertLead("B", q(",'Lead_Score__c':2,'Rating':'Hot'"));
        upsertLead("C", q(",'Lead_Score__c':3,'Description':'its'"));
        String idA = leadRecord("A").path("Id").asText();

        assertThat(keys("Lead_Id__c = 'a'")).containsExactly("A");
        assertThat(keys("Id IN ('" + idA.substring(0, 15) + "','001Sb0000000zzz')"))
                .containsExactly("A");
        assertThat(keys("Lead_Id__c IN ('B','c')")).containsExactly("B", "C");
        assertThat(keys("Rating = 'hot' AND Lead_Score__c > 1.5")).containsExactly("B");
        assertThat(keys("Rating = null")).containsExactly("C");
        assertThat(keys("Rating != 'Hot'")).containsExactly("C");
        assertThat(keys("Lead_Score__c IN (1, 3.0)")).containsExactly("A", "C");
        assertThat(keys("SystemModstamp >= 2026-03-01T08:00:00Z")).hasSize(3);
        assertThat(keys("SystemModstamp > 2026-03-01T08:00:00Z")).isEmpty();
        assertThat(keys("LastName LIKE 'Sm%' ORDER BY Lead_Score__c DESC LIMIT 2"))
                .containsExactly("C", "B");
        assertThat(keys("IsDeleted = false AND Lead_Id__c NOT IN ('A')")).containsExactly("B", "C");
        JsonNode count =
                client.soql("SELECT COUNT() FROM Lead WHERE Rating = 'Hot'").json();
        assertThat(count).isEqualTo(Client.json(q("{'totalSize':2,'done':true,'records':[]}")));
    }

    private List<String> keys(String where) throws Exception {
        Client.Answer answer = client.soql("SELECT Id, Lead_Id__c FROM Lead WHERE " + where);
        List<String> keys = new ArrayList<>();
        answer.json()
                .path("records")
                .forEach(record -> keys.add(record.path("Lead_Id__c").asText()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return keys;
    }

    @Test
    void queriesThatCannotBeAreRefused() throws Exception {
        assertThat(client.soql("SELECT Nope FROM Lead").code()).isEqualTo("INVALID_FIELD");
        assertThat(client.soql("SELECT Id FROM Nope").code()).isEqualTo("INVALID_TYPE");
        assertThat(client.soql("SELECT Id FROM Lead WHERE").code()).isEqualTo("MALFORMED_QUERY");
        assertThat(client.soql("SELECT Id FROM Lead WHERE Id = 'x").code()).isEqualTo("MALFORMED_QUERY");
        assertThat(client.soql("SELECT Id FROM Lead WHERE Description = 'x'").code())
                .isEqualTo("INVALID_FIELD");
        assertThat(client.soql("SELECT Id FROM Lead WHERE Lead_Score__c = '1'").code())
                .isEqualTo("INVALID_FIELD");
        assertThat(client.get(Client.API + "/query/01gnone-2000").code()).isEqualTo("INVALID_QUERY_LOCATOR");
    }

    @Test
    void recordsCanBeReadByAListOfIds() throws Exception {
        String id = upsertLead("A", "").path("id").asText();
        Client.Answer answer = client.post(
                Client.API + "/composite/sobjects/Lead",
                q("{'ids':['00QSb0000000zzz','" + id + "'],'fields':['Id','Lead_Id__c']}"));
        assertThat(answer.json().path(0).isNull()).isTrue();
        assertThat(answer.json().path(1).path("Lead_Id__c").asText()).isEqualTo("A");
        String many = "'" + "x".repeat(17_000) + "'";
        assertThat(client.soql("SELECT Id FROM Lead WHERE LastName = " + many).status())
                .isEqualTo(414);
    }

    @Test
    void morePagesFollowTheFirst2000() throws Exception {
        for (int from = 0; from < 2_200; from += 200) {
            String rows = IntStream.range(from, from + 200)
                    .mapToObj(i -> lead("L" + i, ""))
                    .collect(Collectors.joining(",", "[", "]"));
            client.upsert("Lead/Lead_Id__c", rows);
        }
        JsonNode first = client.soql("SELECT Id FROM Lead").json();
        assertThat(first.path("done").asBoolean(true)).isFalse();
        assertThat(first.path("totalSize").asInt()).isEqualTo(2_200);
        assertThat(first.path("records").size()).isEqualTo(2_000);
        JsonNode rest = client.get(first.path("nextRecordsUrl").asText()).json();
        assertThat(rest.path("done").asBoolean()).isTrue();
        assertThat(rest.path("records").size()).isEqualTo(200);
        assertThat(rest.has("nextRecordsUrl")).isFalse();
    }

    @Test
    void whetherAUserSeesAllIsTheOnlyQueryWithAQueryInside() throws Exception {
        String rights =
                "SELECT Id FROM ObjectPermissions WHERE SobjectType = 'Lead' AND PermissionsViewAllRecords = true"
                        + " AND ParentId IN (SELECT PermissionSetId FROM PermissionSetAssignment"
                        + " WHERE AssigneeId = '0055g00000AbCdEAAV')";
        assertThat(client.soql(rights).json().path("totalSize").asInt()).isEqualTo(1);
        assertThat(client.soql(rights.replace("= true", "= false")).code()).isEqualTo("MALFORMED_QUERY");
        assertThat(client.soql("SELECT Id FROM ObjectPermissions").code()).isEqualTo("INVALID_TYPE");
    }

    @Test
    void anEditByAColleagueShowsWhoAndDoesNotCountAsARequest() throws Exception {
        upsertLead("L1", "");
        long requests = sandbox.state().requests();
        ObjectNode fields = Json.object().put("Title", "Chief");
        assertThat(sandbox.edit(Edit.update("Lead", "Lead_Id__c", "L1", fields)).success())
                .isTrue();
        Client.Answer overHttp = client.post(
                "/__sandbox/edit", q("{'object':'Lead','key_field':'Lead_Id__c','key':'L1','fields':{'City':'Ulm'}}"));
        assertThat(overHttp.status()).isEqualTo(200);
        JsonNode lead = leadRecord("L1");
        assertThat(lead.path("Title").asText() + lead.path("City").asText()).isEqualTo("ChiefUlm");
        assertThat(lead.path("LastModifiedById")).isNotEqualTo(lead.path("CreatedById"));
        assertThat(sandbox.state().requests()).isEqualTo(requests);
        assertThat(sandbox.edit(Edit.update("Lead", "Lead_Id__c", "none", fields))
                        .success())
                .isFalse();
        assertThat(sandbox.edit(Edit.delete("Lead", "Lead_Id__c", "L1")).success())
                .isTrue();
        assertThat(sandbox.records("Lead")).isEmpty();
    }
}
