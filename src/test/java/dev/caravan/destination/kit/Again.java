package dev.caravan.destination.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Outcome;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.util.List;

/** After an answer that says that a row was written its request is not sent again. */
final class Again {

    private Again() {}

    /** Judges the only request of a batch. */
    static void judge(Request request, Reply reply, List<Outcome> outcomes, String seed) {
        boolean carries = request instanceof HttpRequest && request.replay() == Request.Replay.NEVER;
        if (carries && reply instanceof HttpAnswer answer && request.mayFollow(answer)) {
            assertThat(outcomes)
                    .as(seed)
                    .noneMatch(outcome -> outcome instanceof Outcome.Accepted || outcome instanceof Outcome.Unchanged);
        }
    }
}
