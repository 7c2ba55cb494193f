package dev.caravan.sandbox.zendesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.vendor.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What tells one kind of record from another; how they are stored, found and answered is alike. */
interface Form {

    /** What one is called, such as {@code user}: the envelope of requests and answers. */
    String one();

    /** What several are called, such as {@code users}. */
    String many();

    /** The id before the first. */
    long before();

    /** Fields by which one that is there is changed instead of made, the first that finds one deciding. */
    List<String> known();

    /** Fields that are taken over as they are sent. */
    List<String> settable();

    /** All that one has, in the order of recorded answers, before anything is laid over it. */
    ObjectNode fresh(long id, String base, Instant now);

    /** Why what is sent cannot be stored, if so. {@code self} is the id of the one to be changed, empty for a new one. */
    Optional<Result.Refused> refuse(Table table, String self, JsonNode sent);
}
