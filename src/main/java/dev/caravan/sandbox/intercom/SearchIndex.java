package dev.caravan.sandbox.intercom;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What search sees: contacts as they were a while ago, so that what was just written is not found and what is gone still is. */
final class SearchIndex {

    private final Map<String, Deque<Version>> contacts = new LinkedHashMap<>();

    /** @param contact empty once it is gone */
    private record Version(Instant at, Optional<ObjectNode> contact) {}

    void wrote(String id, Instant now, Optional<ObjectNode> contact) {
        contacts.computeIfAbsent(id, any -> new ArrayDeque<>())
                .add(new Version(now, contact.map(ObjectNode::deepCopy)));
    }

    /** All of them as they were then, which later questions do not ask behind. */
    List<ObjectNode> asOf(Instant seen) {
        List<ObjectNode> found = new ArrayList<>();
        for (Deque<Version> versions : contacts.values()) {
            Optional<Version> visible = Optional.empty();
            while (!versions.isEmpty() && !versions.getFirst().at().isAfter(seen)) {
                visible = Optional.of(versions.removeFirst());
            }
            visible.ifPresent(versions::addFirst);
            visible.flatMap(Version::contact).ifPresent(found::add);
        }
        return found;
    }

    void clear() {
        contacts.clear();
    }
}
