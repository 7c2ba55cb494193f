package dev.caravan.connector.salesforce;

import static dev.caravan.connector.salesforce.Drive.answer;
import static dev.caravan.connector.salesforce.Sample.SALESFORCE;
import static dev.caravan.connector.salesforce.Sample.batch;
import static dev.caravan.connector.salesforce.Sample.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Described;
import dev.caravan.destination.Write;
import dev.caravan.row.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What might reach a log or an error message names no key and no value. */
class PrivacyTest {

    private static final String CANARY = "canary-7f3a";

    @Test
    void requestsAsTextTellNeitherKeysNorValues() {
        List<Write> writes = List.of(write(0, CANARY, null, Map.of("LastName", new Value.Text(CANARY))));
        for (Action action : SALESFORCE.capabilities("Lead").actions().keySet()) {
            for (boolean job : new boolean[] {false, true}) {
                Drive drive = new Drive(request -> request.path().contains("query")
                        ? answer(
                                200,
                                "{\"done\":true,\"records\":[{\"Id\":\"" + Sample.id(1) + "\",\"Lead_Id__c\":\""
                                        + CANARY + "\"}]}")
                        : answer(200, "{\"id\":\"" + Sample.JOB + "\",\"state\":\"JobComplete\"}"));
                drive.run(SALESFORCE.deliver(batch(action, job, writes)));

                assertThat(drive.requests).isNotEmpty();
                assertThat(drive.requests.toString()).doesNotContain(CANARY).doesNotContain(Sample.id(1));
            }
        }
    }

    @Test
    void problemsAndOurOwnRefusalsQuoteNothing() {
        Described failed =
                Drive.script(answer(403, Sample.refusal("FORBIDDEN", CANARY))).run(SALESFORCE.describe("Lead"));
        assertThat(((Described.Failed) failed).problem().oneLine()).doesNotContain(CANARY);

        List<Write> unsendable = List.of(
                write(0, CANARY + "\uD83D", null, Map.of()),
                write(1, "k", null, Map.of("LastName", new Value.Text(CANARY.repeat(4_000)))));
        assertThat(Drive.script()
                        .run(SALESFORCE.deliver(batch(Action.UPSERT, true, unsendable)))
                        .toString())
                .contains("caravan.unsendable")
                .doesNotContain(CANARY);
    }
}
