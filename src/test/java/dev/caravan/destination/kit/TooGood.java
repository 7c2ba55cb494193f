package dev.caravan.destination.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.ConnectorContract.Case;
import dev.caravan.destination.kit.Mutations.Damage;
import dev.caravan.destination.kit.Mutations.Damaged;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import dev.caravan.transport.SqlAnswer;
import dev.caravan.transport.StoreAnswer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the answers of a talk do not say was written is not accepted. A row's last word is the answer to the last request that carried it;
 * of a job, the answer to the talk's last request besides.
 *
 * @param answers to the talk's requests, in their order
 */
record TooGood(Case operation, List<Write> writes, Talk talk, List<Damaged> answers) {

    /** What is away already need not be taken away. */
    private static final Set<Action> REMOVALS = EnumSet.of(Action.DELETE, Action.ARCHIVE, Action.REMOVE);

    void judge(List<Outcome> outcomes, String seed) {
        if (answers.size() == 1 && answers.getFirst().spoilt() >= 0) {
            assertThat(outcomes.get(answers.getFirst().spoilt())).as(seed).isNotInstanceOf(Outcome.Accepted.class);
        }
        lastWords().forEach((row, answer) -> {
            if (silent(answer)) {
                assertThat(outcomes.get(row)).as(seed).isNotInstanceOf(Outcome.Accepted.class);
            }
            if (refuses(answer.reply()) && !REMOVALS.contains(operation.action())) {
                assertThat(outcomes.get(row)).as(seed).isNotInstanceOf(Outcome.Unchanged.class);
            }
        });
        boolean open = !talk.remembered.isEmpty() && refuses(answers.getLast().reply());
        if (open || answers.stream().allMatch(this::silent)) {
            assertThat(outcomes).as(seed).noneMatch(Outcome.Accepted.class::isInstance);
        }
    }

    private Map<Integer, Damaged> lastWords() {
        Carried carried = new Carried(writes);
        Map<Integer, Damaged> last = new HashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            Damaged answer = answers.get(i);
            carried.by(talk.requests.get(i)).forEach(row -> last.put(row, answer));
        }
        return last;
    }

    private boolean silent(Damaged answer) {
        return answer.damage() == Damage.DESTROYED ? operation.tells() : refuses(answer.reply());
    }

    /** Whatever stands in it. */
    private static boolean refuses(Reply reply) {
        return switch (reply) {
            case HttpAnswer http -> !http.ok();
            case Reply.Lost none -> true;
            case Reply.NotSent none -> true;
            case SqlAnswer sql -> sql.refusal().isPresent();
            case StoreAnswer store -> store.told() instanceof StoreAnswer.Refused;
            case Reply.Answer other -> false;
        };
    }
}
