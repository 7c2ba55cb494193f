package dev.caravan.connector.salesforce;

import static dev.caravan.connector.salesforce.Drive.answer;
import static dev.caravan.connector.salesforce.Sample.SALESFORCE;
import static dev.caravan.connector.salesforce.Sample.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Described;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Quota;
import dev.caravan.destination.Signal;
import dev.caravan.destination.Signal.State;
import dev.caravan.problem.Code;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignalsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static Signal signal(Reply reply) {
        return SALESFORCE.observe(reply, NOW);
    }

    @Test
    void theStateOfAnOrgIsReadFromEveryReply() {
        Map<Reply, State> cases = new LinkedHashMap<>();
        cases.put(answer(200, "[]"), State.WELL);
        cases.put(answer(400, refusal("INVALID_FIELD", "No such column")), State.WELL);
        cases.put(answer(404, "<html>"), State.WELL);
        cases.put(answer(429, ""), State.BUSY);
        cases.put(
                answer(403, refusal("REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded.")), State.BUSY);
        cases.put(answer(403, refusal("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")), State.EXHAUSTED);
        cases.put(answer(503, refusal("SERVER_UNAVAILABLE", "")), State.TROUBLED);
        cases.put(answer(500, ""), State.TROUBLED);
        cases.put(Drive.lost(), State.TROUBLED);
        cases.put(new Reply.NotSent("refused", "", Optional.empty(), 0), State.TROUBLED);
        cases.put(new Reply.NotSent("login", "", Optional.empty(), 1), State.LOCKED_OUT);
        cases.put(new Reply.NotSent("breaker", "", Optional.empty(), 0), State.BUSY);
        cases.put(answer(401, refusal("INVALID_SESSION_ID", "Session expired or invalid")), State.LOCKED_OUT);
        cases.put(answer(400, "{\"error\":\"invalid_grant\",\"error_description\":\"x\"}"), State.LOCKED_OUT);
        cases.put(answer(403, refusal("INVALID_LOGIN", "")), State.LOCKED_OUT);

        cases.forEach((reply, state) ->
                assertThat(signal(reply).state()).as(reply.toString()).isEqualTo(state));
    }

    @Test
    void waitingTimesComeInSecondsOrAsADate() {
        assertThat(signal(answer(429, "retry-after", "120", "")).notBefore()).hasValue(NOW.plusSeconds(120));
        assertThat(signal(answer(503, "retry-after", "Sun, 22 Nov 2026 10:05:00 GMT", ""))
                        .notBefore())
                .hasValue(NOW.plusSeconds(300));
        assertThat(signal(answer(429, "retry-after", "999999999", "")).notBefore())
                .hasValue(NOW.plusSeconds(86_400));
        assertThat(signal(answer(429, "retry-after", "Fri, 22 Nov 2999 10:05:00 GMT", ""))
                        .notBefore())
                .hasValue(NOW.plusSeconds(86_400));
        assertThat(signal(answer(429, "retry-after", "99999999999999999999", ""))
                        .notBefore())
                .hasValue(NOW.plusSeconds(86_400));
        assertThat(signal(answer(429, "retry-after", "Sun, 22 Nov 2020 10:05:00 GMT", ""))
                        .notBefore())
                .hasValue(NOW);
        assertThat(signal(answer(429, "retry-after", "soon", "")).notBefore()).isEmpty();
        assertThat(signal(answer(429, "retry-after", "-5", "")).notBefore()).isEmpty();
        assertThat(signal(answer(429, "retry-after", "1.5", "")).notBefore()).isEmpty();
    }

    @Test
    void theDailyAllowanceIsRead() {
        assertThat(signal(answer(200, "sforce-limit-info", "api-usage=230/15000", ""))
                        .quota())
                .hasValue(new Quota(230, 15_000));
        assertThat(signal(answer(200, "sforce-limit-info", "per-app-api-usage=1/2(app)", ""))
                        .quota())
                .isEmpty();
    }

    @Test
    void theAccountIsTheOrganisationInItsLongForm() {
        String url = "{\"id\":\"https://login.salesforce.com/id/%s/0055g00000AbCdEAAX\"}";
        assertThat(SALESFORCE.account((HttpAnswer) answer(200, url.formatted("00D5g000000AbcD"))))
                .isEqualTo(SALESFORCE.account((HttpAnswer) answer(200, url.formatted("00D5g000000AbcDEAS"))))
                .hasValue("00D5g000000AbcDEAS");
        assertThat(SALESFORCE.account((HttpAnswer) answer(200, "{\"id\":\"https://x/id/nothing\"}")))
                .isEmpty();
        assertThat(SALESFORCE.account((HttpAnswer) answer(200, "no json"))).isEmpty();
    }

    @Test
    void aDescriptionThatFailsSaysWhetherTryingAgainHelps() {
        assertThat(describe("Lead", answer(404, refusal("NOT_FOUND", "x"))))
                .isEqualTo(Code.TARGET_OBJECT_UNKNOWN + " false");
        assertThat(describe("Lead", answer(401, ""))).isEqualTo(Code.DESTINATION_AUTH + " true");
        assertThat(describe("Lead", Drive.lost())).isEqualTo(Code.DESTINATION_UNREACHABLE + " true");
        assertThat(describe("Lead", answer(200, "{}"))).isEqualTo(Code.DESTINATION_ANSWER + " true");
        assertThat(describe("Lead", answer(403, refusal("API_DISABLED_FOR_ORG", "x"))))
                .isEqualTo(Code.DESTINATION_REFUSED + " false");
        assertThat(describe("../Lead")).isEqualTo(Code.TARGET_OBJECT_UNKNOWN + " false");
    }

    private static String describe(String object, Reply... replies) {
        Described.Failed failed = (Described.Failed) Drive.script(replies).run(SALESFORCE.describe(object));
        return failed.problem().code() + " " + failed.retryable();
    }

    @Test
    void everyOperationDeclaresWhatALostAnswerMeans() {
        assertThat(SALESFORCE.idempotency(Sample.batch(Action.UPSERT, false, 1)))
                .isEqualTo(IdempotencyClass.A);
        assertThat(SALESFORCE.idempotency(Sample.batch(Action.DELETE, false, 1)))
                .isEqualTo(IdempotencyClass.A);
        assertThat(SALESFORCE.idempotency(Sample.batch(Action.INSERT, false, 1)))
                .isEqualTo(IdempotencyClass.B);
        assertThat(SALESFORCE.idempotency(Sample.batch(Action.UPSERT, true, 1))).isEqualTo(IdempotencyClass.D);
    }

    @Test
    void costsAreCountedInRequests() {
        assertThat(SALESFORCE.requestsFor(Action.UPSERT, false, 0)).isZero();
        assertThat(SALESFORCE.requestsFor(Action.UPSERT, false, 201)).isEqualTo(2);
        assertThat(SALESFORCE.requestsFor(Action.UPDATE, false, 201)).isEqualTo(4);
        assertThat(SALESFORCE.requestsFor(Action.UPSERT, true, 0)).isZero();
        assertThat(SALESFORCE.requestsFor(Action.UPSERT, true, 20_000)).isBetween(6L, 30L);
    }
}
