package dev.caravan.connector.declared.spec;

import dev.caravan.connector.declared.select.Condition;
import dev.caravan.connector.declared.select.Selector;
import java.util.List;
import java.util.Optional;

/**
 * What an answer says of the rows it answers for.
 *
 * @param when of the whole answer
 * @param counts what must add up besides; where it does not, all rows are unknown
 */
public record AnswerRule(Condition when, Join join, Optional<Counted> counts) {

    /**
     * How many rows the answer speaks of, against what the join has made of them. Several numbers are added up; none are not compared.
     *
     * @param received all rows of the request
     * @param accepted those accepted or unchanged
     * @param refused those rejected
     * @param receivedOf nodes, as many as rows of the request
     * @param acceptedOf nodes, as many as rows accepted or unchanged
     * @param ifTold whether numbers that the answer does not tell are not compared
     */
    public record Counted(
            List<Selector> received,
            List<Selector> accepted,
            List<Selector> refused,
            Optional<Selector> receivedOf,
            Optional<Selector> acceptedOf,
            boolean ifTold) {
        public Counted {
            received = List.copyOf(received);
            accepted = List.copyOf(accepted);
            refused = List.copyOf(refused);
        }
    }
}
