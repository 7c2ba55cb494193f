package dev.caravan.delivery.link;

import static dev.caravan.destination.kit.Drive.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.declared.Bed;
import dev.caravan.connector.declared.DeclaredDestination;
import dev.caravan.destination.Action;
import dev.caravan.destination.kit.Drive;
import dev.caravan.transport.Reply;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests with rows are sent again after answers that refuse them as a whole alone, whatever error rules find in the others. */
class AnswersOfRowsTest extends StackBed {

    private static final DeclaredDestination SAMPLE = Bed.sample("""
            errors:
              - {when: {at: "$.errors[*].code", is: too_many}, class: rate}
              - {when: {at: "$.errors[*].code", is: broken}, class: unknown}
            codes: {rate: [too_many]}
            objects:
              - names: [things]
                fields: [{name: k, key: true}]
                operations:
                  insert:
                    class: E
                    batch: {rows: 10}
                    request: {post: /x, body: {each: rows, item: "{{ row.key }}"}}
                    answers:
                      when: {status: [200, 207, 429], at: $.done, absent: false}
                      join: key
                      ok: {rows: "$.done[*]", match: $.k, id: $.id}
                      fail: {rows: "$.errors[*]", match: $.k, code: $.code}
            """);

    private static final String SOME =
            "{\"done\":[{\"k\":\"a\",\"id\":1}],\"errors\":[{\"k\":\"b\",\"code\":\"too_many\"}]}";
    private static final String NONE = "{\"errors\":[{\"code\":\"too_many\"}]}";

    private Drive through(Reply... replies) {
        Deque<Reply> left = new ArrayDeque<>(List.of(replies));
        Sender sender = stack(new ConnectionLimits(1000, 4, 0.7), SAMPLE)
                .over(request -> left.remove(), StopSignal.NEVER, requests::addAndGet);
        return new Drive(sender::send);
    }

    private static List<String> insert(Drive drive) {
        return Bed.words(
                drive.run(SAMPLE.deliver(Bed.batch(SAMPLE, Action.INSERT, "things", "k", Bed.rows("a", "b")))));
    }

    @Test
    void aRateErrorOfOneRowDoesNotSendTheOthersTwice() {
        assertThat(insert(through(answer(207, SOME)))).containsExactly("accepted 1 created", "deferred busy");
        assertThat(requests).hasValue(1);
    }

    @Test
    void norDoesAnAnswerOfRowsUnderAnyStatus() {
        assertThat(insert(through(answer(429, SOME)))).containsExactly("accepted 1 created", "deferred busy");
    }

    @Test
    void anAnswerThatRefusesAllIsFollowedByTheSameRequest() {
        assertThat(insert(through(answer(200, NONE), answer(429, ""), answer(207, SOME))))
                .containsExactly("accepted 1 created", "deferred busy");
        assertThat(requests).hasValue(3);
    }

    @Test
    void whatMayHaveBeenAppliedIsNot() {
        assertThat(insert(through(answer(200, "{\"errors\":[{\"code\":\"broken\"}]}"))))
                .containsExactly("unknown http_200", "unknown http_200");
    }
}
