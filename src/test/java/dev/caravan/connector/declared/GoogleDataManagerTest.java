package dev.caravan.connector.declared;

import static dev.caravan.connector.declared.Bed.row;
import static dev.caravan.connector.declared.Bed.words;
import static dev.caravan.destination.kit.Drive.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Described;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.Drive;
import dev.caravan.mapping.TargetField;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Google's counts of events come to, which never say which ones. */
class GoogleDataManagerTest {

    private static final DeclaredDestination GOOGLE =
            Bed.own("google_data_manager", Map.of("account_id", "4200001", "customer_match_terms", "ACCEPTED"));
    private static final String TWICE = "PROCESSING_ERROR_REASON_DUPLICATE_TRANSACTION_ID";

    private static Write event(int number) {
        return row(number, "t" + number, null, Map.of("event_timestamp", new Value.Text("2026-11-22T00:00:00Z")));
    }

    private static Write sentBefore(int number) {
        return event(number).doubted(Instant.EPOCH);
    }

    private static List<String> told(String status, Write... events) {
        Drive drive = Drive.script(
                answer(200, "{\"requestId\":\"r1\"}"),
                answer(200, "{\"requestStatusPerDestination\":[" + status.replace('\'', '"') + "]}"));
        return words(drive.run(
                GOOGLE.deliver(Bed.batch(GOOGLE, Action.APPEND, "events_9", "transaction_id", List.of(events)))));
    }

    private static String status(String word, String... errorCounts) {
        return "{'requestStatus':'" + word + "','errorInfo':{'errorCounts':[" + String.join(",", errorCounts) + "]}}";
    }

    private static String count(String reason, int records) {
        return "{'reason':'" + reason + "','recordCount':'" + records + "'}";
    }

    /** By an address, a person's second purchase would count as her first one come again. */
    @Test
    void anEventIsKnownByItsTransactionIdAlone() {
        assertThat(keys("events_9")).containsExactly("transaction_id");
        assertThat(keys("audience_7")).contains("email", "phone");
    }

    private static List<String> keys(String object) {
        Described described = Drive.script().run(GOOGLE.describe(object));
        return ((Described.Schema) described)
                .schema().fields().stream()
                        .filter(TargetField::key)
                        .map(TargetField::name)
                        .toList();
    }

    @Test
    void anEventThatIsKnownIsOursOnlyIfItMayHaveBeenSent() {
        String known = status("FAILED", count(TWICE, 2));
        assertThat(told(known, sentBefore(0), sentBefore(1))).containsExactly("unchanged null", "unchanged null");
        assertThat(told(known, event(0), event(1))).containsOnly("rejected " + TWICE + " conflict");
    }

    /** Only of those of a request of their own can it be said what the numbers mean. */
    @Test
    void newEventsDoNotTravelWithThoseThatMayHaveBeenSent() {
        Drive drive = new Drive(request -> answer(
                200,
                request.method() == HttpRequest.Method.POST
                        ? "{\"requestId\":\"r%d\"}"
                                .formatted(request.body().text().contains("t0") ? 1 : 2)
                        : "{\"requestStatusPerDestination\":["
                                + (request.path().endsWith("r1")
                                                ? status("FAILED", count(TWICE, 2))
                                                : status("SUCCESS"))
                                        .replace('\'', '"')
                                + "]}"));
        assertThat(words(drive.run(GOOGLE.deliver(Bed.batch(
                        GOOGLE,
                        Action.APPEND,
                        "events_9",
                        "transaction_id",
                        List.of(sentBefore(0), event(1), sentBefore(2)))))))
                .containsExactly("unchanged null", "accepted null", "unchanged null");
    }

    /** One of them is another one's; a repetition would find them all known. */
    @Test
    void ofNewEventsSomeOfWhichAreKnownNobodyKnowsWhoseTheyAre() {
        assertThat(told(status("PARTIAL_SUCCESS", count(TWICE, 1)), event(0), event(1)))
                .containsOnly("unknown key_taken");
        assertThat(told(
                        status("FAILED", count(TWICE, 1), count("PROCESSING_ERROR_REASON_OTHER", 1)),
                        event(0),
                        event(1)))
                .containsOnly("unknown key_taken");
        assertThat(told(status("PARTIAL_SUCCESS", count("PROCESSING_ERROR_REASON_OTHER", 1)), event(0), event(1)))
                .as("the rest is ours, then")
                .containsOnly("unknown counts");
    }

    @Test
    void ofEventsThatMayAllHaveBeenSentItDoesNotMatterWhichAreKnown() {
        String some = status("PARTIAL_SUCCESS", count(TWICE, 1));
        assertThat(told(some, sentBefore(0), sentBefore(1))).containsExactly("unchanged null", "unchanged null");
        assertThat(told(status("PARTIAL_SUCCESS", count(TWICE, 3)), sentBefore(0), sentBefore(1)))
                .as("more than were sent")
                .containsExactly("unknown counts", "unknown counts");
    }

    @Test
    void ofSeveralReasonsNobodyKnowsWhoseTheyAre() {
        String both = status("FAILED", count(TWICE, 1), count("PROCESSING_ERROR_REASON_OTHER", 1));
        assertThat(told(both, sentBefore(0), sentBefore(1))).containsExactly("unknown counts", "unknown counts");
        String nameless = status("FAILED", "{'recordCount':'1'}", count(TWICE, 1));
        assertThat(told(nameless, sentBefore(0), sentBefore(1))).containsExactly("unknown counts", "unknown counts");
        assertThat(told("{'requestStatus':'FAILED'}", event(0))).containsExactly("unknown unaccounted");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {'requestStatus':'SUCCESS'}                                                 | accepted null
        {'requestStatus':'SUCCESS','eventsIngestionStatus':{'recordCount':'2'}}     | accepted null
        {'requestStatus':'SUCCESS','eventsIngestionStatus':{'recordCount':'1'}}     | unknown counts
        {'requestStatus':'SUCCESS','eventsIngestionStatus':{'recordCount':'many'}}  | unknown counts
        {'requestStatus':'SUCCESS','eventsIngestionStatus':{'recordCount':null}}    | accepted null
        """)
    void aNumberThatIsToldHasToBeRight(String status, String outcome) {
        assertThat(told(status, event(0), event(1))).containsOnly(outcome);
    }
}
