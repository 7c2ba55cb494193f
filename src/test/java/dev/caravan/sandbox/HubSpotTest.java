package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.ledger.WriteEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HubSpotTest extends VendorTests {

    private static final String UPSERT = "/crm/v3/objects/contacts/batch/upsert";

    @Override
    String vendor() {
        return "hubspot";
    }

    @Override
    String[] credentials() {
        return new String[] {"Authorization", "Bearer pat-na1-caravan-demo", "Content-Type", "application/json"};
    }

    @Override
    Map<String, Object> settings() {
        return Map.of("silent_every", 3);
    }

    private static String contact(String email, String trace, String more) {
        return "{'id':'" + email + "','idProperty':'email',"
                + (trace.isEmpty() ? "" : "'objectWriteTraceId':'" + trace + "',") + "'properties':{" + more + "}}";
    }

    private static String inputs(String... inputs) {
        return "{'inputs':[" + String.join(",", inputs) + "]}";
    }

    @Test
    void resultsComeInAnotherOrderAndCarryTheirTrace() throws Exception {
        JsonNode first = post(UPSERT, inputs(contact("a@x.org", "t1", "'firstname':'A'"), contact("b@x.org", "t2", "")))
                .json();
        assertThat(texts(first.path("results"), "/objectWriteTraceId")).containsExactly("t2", "t1");
        assertThat(texts(first.path("results"), "/properties/email")).containsExactly("b@x.org", "a@x.org");
        assertThat(texts(first.path("results"), "/new")).containsExactly("true", "true");

        JsonNode again = post(UPSERT, inputs(contact("A@x.org ", "t1", "'firstname':'B'")))
                .json();
        assertThat(again.at("/results/0/new").asBoolean()).isFalse();
        assertThat(sandbox.vendor("hubspot").records("contacts"))
                .extracting(each -> each.path("firstname").asText())
                .containsExactly("B", "");
        assertThat(sandbox.writes())
                .extracting(WriteEntry::api, WriteEntry::operation, WriteEntry::key)
                .first()
                .isEqualTo(org.assertj.core.groups.Tuple.tuple("hubspot", "insert", "a@x.org"));
    }

    @Test
    void oneBadRowWithATraceIsItsOwnFaultAlone() throws Exception {
        Client.Answer answer = post(
                UPSERT,
                inputs(
                        contact("a@x.org", "t1", ""),
                        contact("b@x.org", "t2", "'closedate':'soon'"),
                        contact("c@x.org", "t3", "'lifecyclestage':'gone','nope':'1','hs_object_id':'5'"),
                        contact("nobody", "t4", "")));
        assertThat(answer.status()).isEqualTo(207);
        assertThat(answer.json().path("numErrors").asInt()).isEqualTo(3);
        assertThat(answer.json().path("results")).hasSize(1);
        assertThat(texts(answer.json().path("errors"), "/context/objectWriteTraceId/0"))
                .containsExactlyInAnyOrder("t2", "t3", "t4");
        assertThat(answer.text())
                .contains(
                        "INVALID_LONG", "INVALID_OPTION", "PROPERTY_DOESNT_EXIST", "READ_ONLY_VALUE", "INVALID_EMAIL");
        assertThat(sandbox.vendor("hubspot").counts()).containsEntry("contacts", 1);
    }

    @Test
    void oneBadRowWithoutATraceRefusesTheWholeRequest() throws Exception {
        Client.Answer answer = post(
                "/crm/objects/2026-03/contacts/batch/upsert",
                inputs(contact("a@x.org", "", ""), contact("b@x.org", "", "'nope':'1'")));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("category").asText()).isEqualTo("VALIDATION_ERROR");
        assertThat(answer.json().at("/errors/0/code").asText()).isEqualTo("PROPERTY_DOESNT_EXIST");
        assertThat(answer.json().at("/errors/0/context/propertyName/0").asText())
                .isEqualTo("nope");
        assertThat(sandbox.vendor("hubspot").counts()).containsEntry("contacts", 0);
    }

    @Test
    void theSameIdTwiceRefusesTheWholeRequest() throws Exception {
        Client.Answer answer = post(UPSERT, inputs(contact("a@x.org", "t1", ""), contact("A@x.org", "t2", "")));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).startsWith("Duplicate IDs found in batch input: [");
    }

    @Test
    void aTakenAddressNamesWhoHasIt() throws Exception {
        String create = "/crm/v3/objects/contacts/batch/create";
        String id = post(create, "{'inputs':[{'properties':{'email':'a@x.org'}}]}")
                .json()
                .at("/results/0/id")
                .asText();
        Client.Answer traced = post(create, "{'inputs':[{'objectWriteTraceId':'t','properties':{'email':'a@x.org'}}]}");
        assertThat(traced.status()).isEqualTo(207);
        assertThat(traced.json().at("/errors/0/category").asText()).isEqualTo("CONFLICT");
        assertThat(traced.json().at("/errors/0/context/existingId/0").asText()).isEqualTo(id);
        Client.Answer single = post("/crm/v3/objects/contacts", "{'properties':{'email':'A@x.org'}}");
        assertThat(single.status()).isEqualTo(409);
        assertThat(single.json().path("message").asText()).isEqualTo("Contact already exists. Existing ID: " + id);
    }

    @Test
    void anUnknownIdIsNamedAndTheOthersAreUpdated() throws Exception {
        String id = post("/crm/v3/objects/companies", "{'properties':{'name':'A'}}")
                .json()
                .path("id")
                .asText();
        Client.Answer answer = post(
                "/crm/v3/objects/companies/batch/update",
                "{'inputs':[{'id':'" + id + "','properties':{'name':'B'}},{'id':'77','properties':{'name':'C'}}]}");
        assertThat(answer.status()).isEqualTo(207);
        assertThat(answer.json().at("/errors/0/category").asText()).isEqualTo("OBJECT_NOT_FOUND");
        assertThat(answer.json().at("/errors/0/context/ids/0").asText()).isEqualTo("77");
        assertThat(answer.json().at("/results/0/properties/name").asText()).isEqualTo("B");
    }

    @Test
    void nowAndThenAWriteIsAnsweredWellAndNotDone() throws Exception {
        post(UPSERT, inputs(contact("a@x.org", "t1", "")));
        post(UPSERT, inputs(contact("b@x.org", "t1", "")));
        Client.Answer third = post(UPSERT, inputs(contact("c@x.org", "t1", "")));
        assertThat(third.status()).isEqualTo(200);
        assertThat(third.json().path("results")).isEmpty();
        assertThat(third.json().has("errors")).isFalse();
        assertThat(sandbox.vendor("hubspot").counts()).containsEntry("contacts", 2);
        assertThat(control("POST", "/settings/hubspot", "{'silent_every':0}").status())
                .isEqualTo(200);
        for (int i = 0; i < 6; i++) {
            assertThat(post(UPSERT, inputs(contact(i + "@x.org", "", "")))
                            .json()
                            .path("results"))
                    .hasSize(1);
        }
    }

    @Test
    void valuesAreTextsAndAnEmptyOneClears() throws Exception {
        assertThat(post(UPSERT, inputs(contact("a@x.org", "t", "'annualrevenue':5")))
                        .status())
                .isEqualTo(400);
        post(UPSERT, inputs(contact("a@x.org", "t", "'firstname':'A','city':'Rome'")));
        control("POST", "/settings/hubspot", "{'silent_every':0}");
        post(UPSERT, inputs(contact("a@x.org", "t", "'firstname':''")));
        JsonNode read = post(
                        "/crm/v3/objects/contacts/batch/read",
                        "{'idProperty':'email','properties':['firstname','city'],'propertiesWithHistory':['firstname'],"
                                + "'inputs':[{'id':'a@x.org'},{'id':'z@x.org'}]}")
                .json();
        assertThat(read.at("/results/0/properties/firstname").asText("none")).isEmpty();
        assertThat(read.at("/results/0/properties/city").asText()).isEqualTo("Rome");
        assertThat(texts(read.at("/results/0/propertiesWithHistory/firstname"), "/value"))
                .containsExactly("", "A");
        assertThat(read.at("/results/0/propertiesWithHistory/firstname/0/sourceType")
                        .asText())
                .isEqualTo("INTEGRATION");
        assertThat(read.at("/errors/0/context/ids/0").asText()).isEqualTo("z@x.org");
    }

    @Test
    void searchIsBehindAndFindsARecordByWhatItWas() throws Exception {
        String search = "/crm/v3/objects/contacts/search";
        String byCity =
                "{'filterGroups':[{'filters':[{'propertyName':'city','operator':'EQ','value':'Rome'}]}],'properties':['city']}";
        post(UPSERT, inputs(contact("a@x.org", "t", "'city':'Rome'")));
        assertThat(post(search, byCity).json().path("total").asInt()).isZero();
        sandbox.clock().advance(Duration.ofSeconds(2));
        post(UPSERT, inputs(contact("a@x.org", "t", "'city':'Oslo'")));
        assertThat(post(search, byCity).json().at("/results/0/properties/city").asText())
                .isEqualTo("Oslo");
        sandbox.clock().advance(Duration.ofSeconds(2));
        assertThat(post(search, byCity).json().path("total").asInt()).isZero();
    }

    @Test
    void aUniquePropertyOfOnesOwnIsAKey() throws Exception {
        String property =
                "{'name':'bioguide','label':'Bioguide','type':'string','fieldType':'text','hasUniqueValue':true}";
        assertThat(post("/crm/v3/properties/contacts", property).status()).isEqualTo(201);
        assertThat(post("/crm/v3/properties/contacts", property).status()).isEqualTo(409);
        assertThat(texts(get("/crm/v3/properties/contacts").json().path("results"), "/name"))
                .contains("bioguide");
        String row = "{'id':'B1','idProperty':'bioguide','properties':{'lastname':'L'}}";
        assertThat(post(UPSERT, inputs(row))
                        .json()
                        .at("/results/0/properties/bioguide")
                        .asText())
                .isEqualTo("B1");
        assertThat(post(UPSERT, inputs(row)).json().at("/results/0/new").asBoolean())
                .isFalse();
        assertThat(post(UPSERT, inputs("{'id':'L','idProperty':'lastname','properties':{}}"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void customObjectsAreDeclaredAndFoundByTheirId() throws Exception {
        String type = post(
                        "/crm/v3/schemas",
                        "{'name':'visit','properties':[{'name':'visit_no','type':'string','hasUniqueValue':true}]}")
                .json()
                .path("objectTypeId")
                .asText();
        assertThat(type).matches("2-\\d+");
        String row = inputs("{'id':'V1','idProperty':'visit_no','properties':{}}");
        assertThat(post("/crm/v3/objects/" + type + "/batch/upsert", row).json().path("results"))
                .hasSize(1);
        assertThat(post("/crm/v3/objects/" + type + "/batch/archive", "{'inputs':[{'id':'x'}]}")
                        .status())
                .isEqualTo(204);
        assertThat(control("GET", "/records/hubspot/" + type, "")
                        .json()
                        .at("/records/0/visit_no")
                        .asText())
                .isEqualTo("V1");
    }

    @Test
    void listsCountWhoWasNotInAlready() throws Exception {
        String id = post("/crm/v3/objects/contacts", "{'properties':{'email':'a@x.org'}}")
                .json()
                .path("id")
                .asText();
        String list =
                post("/contacts/v1/lists", "{'name':'L'}").json().path("listId").asText();
        String who = "{'emails':['a@x.org','no@x.org']}";
        JsonNode added = post("/contacts/v1/lists/" + list + "/add", who).json();
        assertThat(added.at("/updated/0").asText()).isEqualTo(id);
        assertThat(added.at("/invalidEmails/0").asText()).isEqualTo("no@x.org");
        assertThat(post("/contacts/v1/lists/" + list + "/add", who)
                        .json()
                        .at("/discarded/0")
                        .asText())
                .isEqualTo(id);
        String members = "/crm/v3/lists/" + list + "/memberships";
        String asked = "{'inputs':[{'objectTypeId':'0-1','recordId':'" + id + "'}]}";
        String read = "/crm/v3/lists/records/memberships/batch/read";
        assertThat(post(read, asked)
                        .json()
                        .at("/results/0/recordListMemberships/0/listId")
                        .asText())
                .isEqualTo(list);
        JsonNode removed = put(members + "/remove", "['" + id + "','9']").json();
        assertThat(removed.at("/recordIdsRemoved/0").asText()).isEqualTo(id);
        assertThat(removed.at("/recordIdsMissing/0").asText()).isEqualTo("9");
        assertThat(get(members).json().path("total").asInt()).isZero();
        assertThat(post(read, asked).json().at("/results/0/recordListMemberships"))
                .isEmpty();
    }

    @Test
    void aListHasRecordsOfItsTypeAlone() throws Exception {
        String person = post("/crm/v3/objects/contacts", "{'properties':{'email':'a@x.org'}}")
                .json()
                .path("id")
                .asText();
        String firm = post("/crm/v3/objects/companies", "{'properties':{'name':'A'}}")
                .json()
                .path("id")
                .asText();
        JsonNode made = post("/crm/v3/lists", "{'name':'L','objectTypeId':'0-2','processingType':'MANUAL'}")
                .json()
                .path("list");
        assertThat(made.path("objectTypeId").asText()).isEqualTo("0-2");
        String members = "/crm/v3/lists/" + made.path("listId").asText() + "/memberships";
        JsonNode added =
                put(members + "/add", "['" + firm + "','" + person + "']").json();
        assertThat(added.at("/recordsIdsAdded/0").asText()).isEqualTo(firm);
        assertThat(added.at("/recordIdsMissing/0").asText()).isEqualTo(person);
        Client.Answer read = post(
                "/crm/v3/lists/records/memberships/batch/read",
                inputs(
                        "{'objectTypeId':'0-2','recordId':'" + firm + "'}",
                        "{'objectTypeId':'0-1','recordId':'" + firm + "'}"));
        assertThat(read.status()).isEqualTo(207);
        assertThat(read.json().path("results")).hasSize(1);
        assertThat(read.json().path("errors")).hasSize(1);
        assertThat(post("/crm/v3/lists", "{'name':'L','objectTypeId':'2-77'}").status())
                .isEqualTo(400);
    }

    @Test
    void associationsJoinWhatIsThereAndSayWhatIsNot() throws Exception {
        String person = post("/crm/v3/objects/contacts", "{'properties':{'email':'a@x.org'}}")
                .json()
                .path("id")
                .asText();
        String firm = post("/crm/v3/objects/companies", "{'properties':{'name':'A'}}")
                .json()
                .path("id")
                .asText();
        String types = "'types':[{'associationCategory':'HUBSPOT_DEFINED','associationTypeId':279}]";
        String good = "{'from':{'id':'" + person + "'},'to':{'id':'" + firm + "'}," + types + "}";
        String bad = "{'from':{'id':'" + person + "'},'to':{'id':'77'}," + types + "}";
        String batch = "/crm/v4/associations/contacts/companies/batch/";
        Client.Answer answer = post(batch + "create", inputs(good, bad));
        assertThat(answer.status()).isEqualTo(207);
        assertThat(answer.json().at("/results/0/toObjectId").asText()).isEqualTo(firm);
        assertThat(answer.json().at("/errors/0/context/toObjectId/0").asText()).isEqualTo("77");
        String single = "/crm/v4/objects/contacts/" + person + "/associations/companies";
        assertThat(get(single).json().at("/results/0/toObjectId").asText()).isEqualTo(firm);
        assertThat(put(single + "/" + firm, "[{'associationCategory':'HUBSPOT_DEFINED','associationTypeId':1}]")
                        .status())
                .isEqualTo(201);
        assertThat(post(batch + "archive", inputs("{'from':{'id':'" + person + "'},'to':[{'id':'" + firm + "'}]}"))
                        .status())
                .isEqualTo(204);
        assertThat(get(single).json().path("results")).isEmpty();
        assertThat(sandbox.writes())
                .filteredOn(write -> write.object().equals("associations"))
                .extracting(WriteEntry::operation)
                .isEqualTo(List.of("add", "add", "remove"));
    }
}
