package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MarketoTest extends VendorTests {

    private static final String LOGIN =
            "/identity/oauth/token?grant_type=client_credentials&client_id=caravan-demo&client_secret=caravan-demo-secret";

    private String token = "";

    @Override
    String vendor() {
        return "marketo";
    }

    @Override
    String[] credentials() {
        return new String[] {"Authorization", "Bearer " + token};
    }

    @Override
    Map<String, Object> settings() {
        return Map.of("burst", 0, "busy_every", 0);
    }

    private void login() throws Exception {
        token = call("GET", LOGIN, "").json().path("access_token").asText();
    }

    private JsonNode leads(String body) throws Exception {
        Client.Answer answer = post("/rest/v1/leads.json", body);
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void resultsAreInOrderAndSomeAreSkippedWithinASuccess() throws Exception {
        login();
        JsonNode answer = leads("{'lookupField':'email','action':'createOrUpdate','input':[{'email':'a@x.org'},"
                + "{'email':'bad'},{'email':'b@x.org','nope':1},{'email':'A@x.org','leadScore':5}]}");
        assertThat(answer.path("success").asBoolean()).isTrue();
        assertThat(texts(answer.path("result"), "/status")).containsExactly("created", "skipped", "skipped", "updated");
        assertThat(texts(answer.path("result"), "/reasons/0/code")).containsExactly("", "1003", "1006", "");
        assertThat(sandbox.vendor("marketo").counts()).containsEntry("leads", 1);
        JsonNode again = leads("{'action':'createOnly','input':[{'email':'a@x.org'}]}");
        assertThat(again.at("/result/0/reasons/0/code").asText()).isEqualTo("1005");
        JsonNode none = leads("{'action':'updateOnly','input':[{'email':'z@x.org'}]}");
        assertThat(none.at("/result/0/reasons/0/code").asText()).isEqualTo("1004");
    }

    @Test
    void whatStandsBesideLeadsIsKnownByOneFieldAndNumbersItsResults() throws Exception {
        login();
        String company = "{'action':'%s','dedupeBy':'dedupeFields','input':[{'externalCompanyId':'C-1','company':'%s'},"
                + "{'externalCompanyId':'C-2','annualRevenue':'much'},{'company':'nobody knows it'}]}";
        JsonNode made = post("/rest/v1/companies.json", company.formatted("createOrUpdate", "Acme"))
                .json();
        assertThat(made.path("success").asBoolean()).isTrue();
        assertThat(texts(made.path("result"), "/seq")).containsExactly("0", "1", "2");
        assertThat(texts(made.path("result"), "/status")).containsExactly("created", "skipped", "skipped");
        assertThat(made.at("/result/0/id").isIntegralNumber()).isTrue();
        JsonNode again = post("/rest/v1/companies.json", company.formatted("createOnly", "Acme"))
                .json();
        assertThat(again.at("/result/0/reasons/0/code").asText()).isEqualTo("1005");
        JsonNode gone = post(
                        "/rest/v1/companies/delete.json",
                        "{'input':[{'externalCompanyId':'C-1'},{'externalCompanyId':'C-9'}]}")
                .json();
        assertThat(texts(gone.path("result"), "/status")).containsExactly("deleted", "skipped");
        assertThat(gone.at("/result/1/reasons/0/code").asText()).isEqualTo("1013");
        JsonNode deal = post("/rest/v1/opportunities.json", "{'input':[{'externalOpportunityId':'D-1','amount':12.5}]}")
                .json();
        assertThat(deal.at("/result/0/marketoGUID").asText()).hasSize(36);
        assertThat(get("/rest/v1/salespersons/describe.json")
                        .json()
                        .at("/result/0/dedupeFields/0")
                        .asText())
                .isEqualTo("externalSalesPersonId");
        assertThat(control("GET", "/pages/marketo/opportunities", "").text()).contains("D-1");
    }

    @Test
    void anActivityIsOfALeadAndThereAsOftenAsItWasSent() throws Exception {
        login();
        String lead =
                leads("{'input':[{'email':'a@x.org'}]}").at("/result/0/id").asText();
        String one =
                "{'leadId':%s,'activityTypeId':%s,'activityDate':'2026-11-01T10:00:00Z','primaryAttributeValue':'W'}";
        String sent = "{'input':[" + one.formatted(lead, 100_001) + "," + one.formatted("99", 100_001) + ","
                + one.formatted(lead, 5) + "]}";
        JsonNode added = post("/rest/v1/activities/external.json", sent).json();
        assertThat(texts(added.path("result"), "/status")).containsExactly("added", "skipped", "skipped");
        assertThat(texts(added.path("result"), "/errors/0/code")).containsExactly("", "1004", "1013");
        post("/rest/v1/activities/external.json", sent);
        assertThat(sandbox.vendor("marketo").counts()).containsEntry("activities", 2);
        JsonNode car = post(
                        "/rest/v1/customobjects/car_c.json",
                        "{'input':[{'vin':'V1','leadId':99},{'vin':'V2','leadId':" + lead + "}]}")
                .json();
        assertThat(texts(car.path("result"), "/status")).containsExactly("skipped", "created");
        assertThat(call("GET", "/rest/v1/customobjects/boat_c/describe.json", "", credentials())
                        .json()
                        .at("/errors/0/code")
                        .asText())
                .isEqualTo("610");
    }

    @Test
    void aCustomObjectOfTwoDedupeFieldsIsKnownByBoth() throws Exception {
        login();
        JsonNode described = call("GET", "/rest/v1/customobjects/subscription_c/describe.json", "", credentials())
                .json()
                .at("/result/0");
        assertThat(texts(described.path("dedupeFields"), "")).containsExactly("account", "product");
        String path = "/rest/v1/customobjects/subscription_c";
        assertThat(statuses(
                        path + ".json",
                        "{'account':'a','product':'bc'},{'account':'ab','product':'c'},{'account':'a'}"))
                .containsExactly("created", "created", "skipped");
        assertThat(statuses(path + ".json", "{'account':'a','product':'c'},{'account':'a','product':'bc','plan':'x'}"))
                .containsExactly("created", "updated");
        assertThat(statuses(path + "/delete.json", "{'account':'a','product':'bc'},{'account':'ab','product':'bc'}"))
                .containsExactly("deleted", "skipped");
        assertThat(sandbox.vendor("marketo").records("subscription_c"))
                .extracting(row ->
                        row.path("account").asText() + "|" + row.path("product").asText())
                .containsExactlyInAnyOrder("ab|c", "a|c");
    }

    private List<String> statuses(String path, String input) throws Exception {
        return texts(post(path, "{'input':[" + input + "]}").json().path("result"), "/status");
    }

    @Test
    void everyRefusalIsA200ThatSaysSo() throws Exception {
        assertThat(leads("{}").at("/errors/0/code").asText()).isEqualTo("601");
        login();
        sandbox.clock().advance(Duration.ofHours(1));
        assertThat(leads("{}").at("/errors/0/code").asText()).isEqualTo("602");
        login();
        control("POST", "/settings/marketo", "{'burst':1}");
        leads("{'input':[{'email':'a@x.org'}]}");
        assertThat(leads("{'input':[{'email':'b@x.org'}]}").at("/errors/0/code").asText())
                .isEqualTo("606");
        sandbox.clock().advance(Duration.ofSeconds(20));
        control("POST", "/settings/marketo", "{'burst':0,'busy_every':2}");
        leads("{'input':[{'email':'b@x.org'}]}");
        assertThat(leads("{'input':[{'email':'c@x.org'}]}").at("/errors/0/code").asText())
                .isEqualTo("615");
        control("POST", "/faults", "{'action':'quota','operation':'marketo.leads'}");
        assertThat(leads("{'input':[{'email':'c@x.org'}]}").at("/errors/0/code").asText())
                .isEqualTo("607");
        assertThat(sandbox.vendor("marketo").counts()).containsEntry("leads", 2);
    }

    @Test
    void writesAreAnsweredInTheRecordedForm() throws Exception {
        int replayed = 0;
        Map<String, String> ids = new HashMap<>();
        login();
        post("/rest/v1/leads/schema/fields.json", FIELDS);
        for (JsonNode exchange : Recorded.with("marketo")) {
            String path = exchange.path("path").asText();
            String method = exchange.path("method").asText();
            boolean lead = path.equals("/rest/v1/leads.json") && method.equals("POST");
            boolean list = path.matches("/rest/v1/lists/\\d+/leads.json");
            if (!lead && !list) {
                continue;
            }
            prepare(exchange, ids);
            String query = exchange.at("/query/_method").asText().isEmpty() ? "" : "?_method=DELETE";
            if (method.equals("DELETE")) {
                query = "?id="
                        + exchange.at("/query/id")
                                .toString()
                                .replaceAll("[\\[\\]\"]", "")
                                .replace(",", "&id=");
            }
            Client.Answer answer = call(
                    method,
                    translated(path.replaceAll("lists/\\d+", "lists/1001") + query, ids),
                    translated(exchange.path("request").toString().replaceFirst("^null$", ""), ids),
                    credentials());
            assertThat(answer.status()).isEqualTo(200);
            JsonNode result = answer.json().path("result");
            JsonNode real = exchange.at("/response/result");
            assertThat(texts(result, "/status")).as(exchange + answer.text()).isEqualTo(texts(real, "/status"));
            assertThat(texts(result, "/reasons/0/code")).isEqualTo(texts(real, "/reasons/0/code"));
            assertThat(texts(result, "/reasons/0/message")).isEqualTo(texts(real, "/reasons/0/message"));
            assertThat(Recorded.form(answer.json())).isEqualTo(Recorded.form(exchange.path("response")));
            replayed++;
        }
        assertThat(replayed).isEqualTo(32);
    }

    private static final String FIELDS =
            "{'input':[{'name':'boolean_field','dataType':'boolean'},{'name':'email_field','dataType':'email'},"
                    + "{'name':'integer_field','dataType':'integer'},{'name':'float_field','dataType':'float'},"
                    + "{'name':'datetime_field','dataType':'datetime'},{'name':'date_field','dataType':'date'},"
                    + "{'name':'score_field','dataType':'score'},{'name':'percent_field','dataType':'percent'},"
                    + "{'name':'currency_field','dataType':'currency'},{'name':'textarea_field','dataType':'text'},"
                    + "{'name':'phone_field','dataType':'phone'},{'name':'url_field','dataType':'url'},"
                    + "{'name':'reference_field','dataType':'reference'},{'name':'string_field','dataType':'string'},"
                    + "{'name':'text_field','dataType':'text'}]}";

    /** Brings about what the recorded answer says was so before. */
    private void prepare(JsonNode exchange, Map<String, String> ids) throws Exception {
        for (JsonNode result : exchange.at("/response/result")) {
            String status = result.path("status").asText();
            if (status.equals("created")) {
                ids.remove(result.path("id").asText());
            }
        }
        boolean creates = exchange.at("/response/result/0/status").asText().equals("created");
        if (creates) {
            String email = exchange.at("/request/input/0/email").asText();
            JsonNode found = get("/rest/v1/leads.json?filterType=email&filterValues=" + email)
                    .json();
            found.path("result").forEach(each -> forget(each.path("id").asText()));
            return;
        }
        for (String id : numbers(exchange)) {
            if (!ids.containsKey(id)
                    || get("/rest/v1/leads.json?filterType=id&filterValues=" + ids.get(id))
                            .json()
                            .path("result")
                            .isEmpty()) {
                ids.put(
                        id,
                        leads("{'action':'createDuplicate','input':[{'email':'r" + id + "@x.org'}]}")
                                .at("/result/0/id")
                                .asText());
            }
        }
        for (JsonNode result : exchange.at("/response/result")) {
            if (result.at("/reasons/0/code").asText().equals("1015")) {
                String gone = ids.get(result.path("id").asText());
                call("DELETE", "/rest/v1/lists/1001/leads.json?id=" + gone, "", credentials());
            }
            if (result.path("status").asText().equals("removed")) {
                post(
                        "/rest/v1/lists/1001/leads.json",
                        "{'input':[{'id':" + ids.get(result.path("id").asText()) + "}]}");
            }
        }
    }

    private void forget(String id) {
        try {
            post("/rest/v1/leads/delete.json", "{'input':[{'id':" + id + "}]}");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Iterable<String> numbers(JsonNode exchange) {
        Set<String> numbers = new TreeSet<>();
        Pattern.compile("\\b71\\d\\d\\b")
                .matcher(exchange.path("request").toString() + exchange.path("query"))
                .results()
                .forEach(match -> numbers.add(match.group()));
        return numbers;
    }

    private static String translated(String text, Map<String, String> ids) {
        String translated = text;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            translated = translated.replaceAll("\\b" + id.getKey() + "\\b", id.getValue());
        }
        return translated;
    }
}
