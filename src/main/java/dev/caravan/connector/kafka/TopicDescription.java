package dev.caravan.connector.kafka;

import dev.caravan.destination.Described;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.transport.PublishAnswer;
import dev.caravan.transport.PublishAnswer.Topic;
import dev.caravan.transport.Reply;
import java.util.List;

/** A topic as an object: it takes fields of any name. */
final class TopicDescription {

    private TopicDescription() {}

    static Described of(String topic, Reply reply) {
        return switch (reply) {
            case PublishAnswer answer
            when answer.told() instanceof Topic told ->
                told.exists()
                        ? new Described.Schema(TargetSchema.keyedFreely(topic, List.of(), Kind.TEXT))
                        : unknown(topic);
            case Reply.Answer other -> unreachable(topic, "malformed");
            case Reply.NotSent not
            when not.reason().equals("account") ->
                failed(
                        Code.TARGET_IDENTITY,
                        "another cluster answers than the connection spoke to before",
                        "use another state folder for this environment, or reset the mapping",
                        false);
            case Reply.NotSent not -> unreachable(topic, not.reason());
            case Reply.Lost lost -> unreachable(topic, lost.reason());
        };
    }

    static Described unknown(String topic) {
        return failed(
                Code.TARGET_OBJECT_UNKNOWN,
                "the cluster has no topic " + topic + " that this user may see",
                "make the topic, with cleanup.policy=compact where rows are upserted or mirrored; it is not made by"
                        + " itself",
                false);
    }

    private static Described unreachable(String topic, String reason) {
        return failed(
                Code.DESTINATION_UNREACHABLE,
                "topic " + topic + " could not be looked at: " + reason,
                "see the connection's brokers and its rights to describe topics",
                true);
    }

    private static Described failed(Code code, String message, String suggestion, boolean retryable) {
        return new Described.Failed(Problem.of(code, message, suggestion), retryable);
    }
}
