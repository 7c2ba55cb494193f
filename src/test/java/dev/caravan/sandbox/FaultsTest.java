package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.salesforce.schema.SObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest extends SandboxTests {

    private static final String LIMITS = Client.API + "/limits";

    @Test
    void aStatusIsAnsweredWithHeadersAndBodyAndNothingIsApplied() throws Exception {
        fault("{'action':'status','status':429,'retry_after':7,'headers':{'X-Why':'test'},'body':[{'errorCode':'R'}]}");
        Client.Answer answer = client.upsert("Lead/Lead_Id__c", "[" + lead("L1", "") + "]");
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo("7");
        assertThat(answer.header("X-Why")).isEqualTo("test");
        assertThat(answer.code()).isEqualTo("R");
        assertThat(sandbox.records("Lead")).isEmpty();
        assertThat(upsertLead("L1", "").path("created").asBoolean()).isTrue();
    }

    @Test
    void retryAfterMayBeADate() throws Exception {
        fault("{'action':'status','status':503,'retry_after':'date+30'}");
        assertThat(client.get(LIMITS).header("Retry-After")).isEqualTo("Sun, 1 Mar 2026 08:00:30 GMT");
    }

    /** One that strikes another request than was meant misleads whoever ordered it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'action':'lose_it'} | unknown action 'lose_it': one of status, reset, lose_answer",
                "{'action':'lose_answer','bogus':1} | unknown field bogus: this action takes action, after, method, name",
                "{'action':'reset','every':2} | unknown field every",
                "{'action':'lock','every':'x'} | every is not a whole number of 1 or more",
                "{'action':'reset','times':-1} | times is not a whole number of 0 or more",
                "{'action':'reset','path':'('} | path is not a regular expression",
                "{'action':'reset','object':'Nope'} | there is no object Nope",
                "{'action':'reset','operation':'x'} | there is no operation x; there are bulk.create",
                "{'action':'lock','operation':'login'} | lock can do nothing to login",
                "[{'action':'reset'},{'action':'reset','method':7}] | fault 2: method is not a text"
            })
    void whatIsNotUnderstoodIsRefused(String rule, String why) throws Exception {
        Client.Answer answer = client.post("/__sandbox/faults", rule.replace('\'', '"'));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains(why);
        assertThat(sandbox.faults().list()).isEmpty();
    }

    @Test
    void aFaultIsOfTheOperationThatTheStateCounts() throws Exception {
        fault("{'action':'status','operation':'collections.upsert'}");
        assertThat(client.get(LIMITS).status()).isEqualTo(200);
        assertThat(client.upsert("Lead/Lead_Id__c", "[" + lead("L1", "") + "]").status())
                .isEqualTo(503);
        assertThat(client.get("/__sandbox/state")
                        .json()
                        .at("/requests_by_operation/collections.upsert")
                        .asInt())
                .isEqualTo(1);
    }

    /** docs/sandbox.md is where people look for them. */
    @Test
    void allThereIsIsDocumented() throws IOException {
        String page = Files.readString(Path.of("docs/sandbox.md"));
        assertThat(sandbox.salesforce().operations().keySet())
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
        assertThat(sandbox.vendors().all()).allSatisfy(vendor -> {
            assertThat(page).contains("## " + vendor.title(), "/" + vendor.name() + "`");
            assertThat(vendor.operations().keySet())
                    .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
            assertThat(vendor.settings().all().keySet())
                    .allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));
        });
        assertThat(FaultReader.actions()).allSatisfy(word -> assertThat(page).contains("| `" + word + "` |"));
        assertThat(sandbox.salesforce().schemas().all())
                .extracting(SObject::name)
                .filteredOn(name -> !name.endsWith("__c"))
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    @Test
    void aResetAppliesNothing() throws Exception {
        sandbox.faults().add(Fault.once(new FaultAction.Reset()));
        assertThatThrownBy(() -> client.upsert("Lead/Lead_Id__c", "[" + lead("L1", "") + "]"))
                .isInstanceOf(IOException.class);
        assertThat(sandbox.records("Lead")).isEmpty();
        assertThat(sandbox.requests().getLast().status()).isZero();
    }

    @Test
    void aLostAnswerWasApplied() throws Exception {
        fault("{'action':'lose_answer','method':'PATCH','path':'composite','object':'lead'}");
        assertThat(client.get(LIMITS).status()).isEqualTo(200);
        assertThatThrownBy(() -> client.upsert("Lead/Lead_Id__c", "[" + lead("L1", "") + "]"))
                .isInstanceOf(IOException.class);
        assertThat(sandbox.records("Lead")).hasSize(1);
    }

    @Test
    void aTruncatedAnswerWasAppliedAndCannotBeRead() throws Exception {
        fault("{'action':'truncate','method':'PATCH'}");
        assertThatThrownBy(() -> client.upsert("Lead/Lead_Id__c", "[" + lead("L1", "") + "]"))
                .isInstanceOf(IOException.class);
        assertThat(sandbox.records("Lead")).hasSize(1);
    }

    @Test
    void aSlowAnswerArrivesWhole() throws Exception {
        fault("{'action':'slow','bytes':40,'pause_ms':1}");
        JsonNode result = upsertLead("L1", "");
        assertThat(result.path("success").asBoolean()).isTrue();
        assertThat(sandbox.faults().list().getFirst().fired()).isEqualTo(1);
    }

    @Test
    void lockedRowsAreRefusedAndTheOthersApplied() throws Exception {
        fault("{'action':'lock','every':2,'object':'Lead'}");
        String rows = "[" + lead("A", "") + "," + lead("B", "") + "," + lead("C", "") + "]";
        JsonNode results = client.upsert("Lead/Lead_Id__c", rows).json();
        assertThat(results.path(0).path("errors").path(0).path("statusCode").asText())
                .isEqualTo("UNABLE_TO_LOCK_ROW");
        assertThat(results.path(1).path("success").asBoolean()).isTrue();
        assertThat(results.path(2).path("success").asBoolean(true)).isFalse();
        assertThat(sandbox.records("Lead")).hasSize(1);
    }

    @Test
    void tokensExpireInTheMiddle() throws Exception {
        fault("{'action':'expire_tokens','after':1}");
        assertThat(client.get(LIMITS).status()).isEqualTo(200);
        assertThat(client.get(LIMITS).status()).isEqualTo(401);
        assertThat(client.login().get(LIMITS).status()).isEqualTo(200);
    }

    @Test
    void anExhaustedQuotaRefusesAllUntilTheNextDay() throws Exception {
        fault("{'action':'quota'}");
        Client.Answer answer = client.get(LIMITS);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json())
                .isEqualTo(Client.json(
                        q("[{'message':'TotalRequests Limit exceeded.','errorCode':'REQUEST_LIMIT_EXCEEDED'}]")));
        assertThat(answer.header("Sforce-Limit-Info")).isEqualTo("api-usage=15000/15000");
        assertThat(client.get(LIMITS).status()).isEqualTo(403);
        sandbox.clock().advance(Duration.ofHours(25));
        assertThat(client.login().get(LIMITS).header("Sforce-Limit-Info")).isEqualTo("api-usage=1/15000");
    }

    @Test
    void afterAndTimesBoundAFaultAndItCanBeCleared() throws Exception {
        fault("{'faults':[{'action':'status','status':500,'after':1,'times':2}]}");
        assertThat(client.get(LIMITS).status()).isEqualTo(200);
        assertThat(client.get(LIMITS).status()).isEqualTo(500);
        assertThat(client.get(LIMITS).status()).isEqualTo(500);
        assertThat(client.get(LIMITS).status()).isEqualTo(200);
        fault("{'action':'status','times':0}");
        assertThat(client.get(LIMITS).status()).isEqualTo(503);
        assertThat(client.exchange("DELETE", "/__sandbox/faults", "").status()).isEqualTo(204);
        assertThat(client.get(LIMITS).status()).isEqualTo(200);
        assertThat(client.post("/__sandbox/faults", q("{'action':'explode'}")).status())
                .isEqualTo(400);
        assertThat(client.post("/__sandbox/faults", q("{'action':'reset','path':'('}"))
                        .status())
                .isEqualTo(400);
    }
}
