package dev.caravan.connector.salesforce;

import static dev.caravan.connector.salesforce.Drive.answer;
import static dev.caravan.connector.salesforce.JobScript.CLOSED;
import static dev.caravan.connector.salesforce.JobScript.CREATED;
import static dev.caravan.connector.salesforce.JobScript.UPLOADED;
import static dev.caravan.connector.salesforce.JobScript.done;
import static dev.caravan.connector.salesforce.JobScript.failures;
import static dev.caravan.connector.salesforce.JobScript.good;
import static dev.caravan.connector.salesforce.JobScript.successes;
import static dev.caravan.connector.salesforce.JobScript.untouched;
import static dev.caravan.connector.salesforce.Sample.SALESFORCE;
import static dev.caravan.connector.salesforce.Sample.batch;
import static dev.caravan.connector.salesforce.Sample.failure;
import static dev.caravan.connector.salesforce.Sample.success;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Outcome;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever comes back, the connector ends with one outcome for each row and throws nothing. */
class MalformedAnswersTest {

    private static final long SEED = Long.getLong("caravan.seed", 20_261_122L);
    private static final int ROUNDS = 500;

    private final Random random = new Random(SEED);

    @Test
    void aDamagedCollectionsAnswerGivesEveryRowAnOutcome() {
        String body = "[" + success(0, true) + "," + failure("STRING_TOO_LONG", "x: {\\\"y\\\"}") + ","
                + success(2, false) + "]";
        for (int round = 0; round < ROUNDS; round++) {
            Reply damaged = damaged(answer(random.nextInt(4) == 0 ? 400 : 200, body));
            for (Action action : SALESFORCE.capabilities("Lead").actions().keySet()) {
                Batch batch = batch(action, false, 3);
                check(round, new Drive(request -> damaged).run(SALESFORCE.deliver(batch)));
            }
        }
    }

    @Test
    void damagedJobAnswersGiveEveryRowAnOutcome() {
        Batch batch = batch(Action.UPSERT, true, 3);
        for (int round = 0; round < ROUNDS; round++) {
            check(round, new Drive(request -> perhapsDamaged(healthy(request))).run(SALESFORCE.deliver(batch)));
            check(
                    round,
                    new Drive(request -> perhapsDamaged(healthy(request))).run(SALESFORCE.resume(batch, Sample.JOB)));
        }
    }

    @Test
    void whatWasDamagedIsNeverTakenForSuccessOfAnotherRow() {
        Batch batch = batch(Action.UPSERT, true, 3);
        for (int round = 0; round < ROUNDS; round++) {
            List<Outcome> outcomes = new Drive(
                            request -> request.path().endsWith("Results") ? cut(healthy(request)) : healthy(request))
                    .run(SALESFORCE.deliver(batch));
            check(round, outcomes);
            assertThat(outcomes.get(1)).as("seed %d round %d", SEED, round).isNotInstanceOf(Outcome.Accepted.class);
        }
    }

    private static Reply healthy(HttpRequest request) {
        String path = request.path();
        return switch (request.method()) {
            case POST -> CREATED;
            case PUT -> UPLOADED;
            case PATCH -> CLOSED;
            case GET, DELETE -> {
                if (path.endsWith("successfulResults")) {
                    yield successes(good(2, false), good(0, true));
                } else if (path.endsWith("failedResults")) {
                    yield failures("\"\",\"STRING_TOO_LONG:too, \"\"long\"\":LastName --\",\"k1\",\"Name 1\"");
                } else {
                    yield path.endsWith("unprocessedrecords") ? untouched() : done(3, 1);
                }
            }
        };
    }

    private static void check(int round, List<Outcome> outcomes) {
        assertThat(outcomes).as("seed %d round %d", SEED, round).hasSize(3).doesNotContainNull();
    }

    private Reply perhapsDamaged(Reply reply) {
        return random.nextInt(3) == 0 ? damaged(reply) : reply;
    }

    private Reply cut(Reply reply) {
        HttpAnswer answer = (HttpAnswer) reply;
        byte[] bytes = answer.body().bytes();
        return new HttpAnswer(200, Map.of(), Body.of(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1))), 1);
    }

    private Reply damaged(Reply reply) {
        HttpAnswer answer = (HttpAnswer) reply;
        byte[] bytes = answer.body().bytes().clone();
        int length = bytes.length;
        return switch (random.nextInt(5)) {
            case 0 -> cut(reply);
            case 1 -> {
                for (int i = 0; i < 1 + random.nextInt(4) && length > 0; i++) {
                    bytes[random.nextInt(length)] = (byte) random.nextInt(256);
                }
                yield new HttpAnswer(answer.status(), Map.of(), Body.of(bytes), 1);
            }
            case 2 -> new HttpAnswer(random.nextInt(500) + 100, Map.of(), answer.body(), 1);
            case 3 ->
                new HttpAnswer(
                        answer.status(), Map.of(), Body.of(answer.body().text().repeat(2)), 1);
            default -> Drive.lost();
        };
    }
}
