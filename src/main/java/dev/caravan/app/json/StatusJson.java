package dev.caravan.app.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.MappingStatus;
import dev.caravan.app.Unsettled;
import dev.caravan.mapping.MappingId;
import java.util.Optional;

/** How a mapping stands: {@code last} is a run, {@code held} a plan, {@code paused} a list of pauses, each only where there is one. */
public final class StatusJson {

    private StatusJson() {}

    /** The status as one object. */
    public static ObjectNode write(MappingStatus status) {
        ObjectNode node = Json.object()
                .put("mapping", status.mapping().value())
                .put("description", status.description())
                .put("owner", status.owner())
                .put("target", status.target())
                .put("schedule", status.schedule());
        status.key().forEach(node.putArray("key")::add);
        status.last().ifPresent(run -> node.set("last", RunJson.write(run)));
        status.held().ifPresent(plan -> node.set("held", PlanJson.write(plan)));
        if (!status.paused().isEmpty()) {
            node.set("paused", Json.list(status.paused(), PauseJson::write));
        }
        node.put("standing", status.standing());
        node.put("unresolved", status.unresolved());
        node.put("unanswered", status.unsettled().unanswered());
        node.set("held_by", Json.counts(status.unsettled().heldBy()));
        node.put("come_back", status.unsettled().comeBack());
        status.unsettled().since().ifPresent(since -> node.put("unresolved_since", since.toString()));
        status.next().ifPresent(next -> node.put("next", next.toString()));
        status.unscheduled().ifPresent(why -> node.put("unscheduled", why));
        status.broken().ifPresent(broken -> node.put("broken", broken));
        return node;
    }

    /** The status that {@link #write} wrote. */
    public static MappingStatus read(JsonNode node) {
        return new MappingStatus(
                new MappingId(node.path("mapping").asText()),
                node.path("description").asText(),
                node.path("owner").asText(),
                node.path("target").asText(),
                Json.items(node, "key", JsonNode::asText),
                node.path("schedule").asText(),
                Optional.ofNullable(node.get("last")).map(RunJson::read),
                Optional.ofNullable(node.get("held")).map(PlanJson::read),
                Json.items(node, "paused", PauseJson::read),
                node.path("standing").asLong(),
                node.path("unresolved").asLong(),
                new Unsettled(
                        Json.instant(node, "unresolved_since"),
                        node.path("unanswered").asLong(),
                        Json.counts(node.path("held_by")),
                        node.path("come_back").asLong()),
                Json.instant(node, "next"),
                Optional.ofNullable(Json.text(node, "unscheduled")),
                Optional.ofNullable(Json.text(node, "broken")));
    }
}
