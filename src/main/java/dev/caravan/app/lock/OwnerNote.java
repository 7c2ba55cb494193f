package dev.caravan.app.lock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * What an owner leaves in the lock file for other processes of the same user.
 *
 * @param pid its process id
 * @param api the base of its local API, without a path
 * @param token what the API wants as bearer token; a secret, so it is not part of the text form
 */
public record OwnerNote(long pid, URI api, String token) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The note as stored. */
    String toJson() {
        return JSON.createObjectNode()
                .put("pid", pid)
                .put("api", api.toString())
                .put("token", token)
                .toString();
    }

    /** The note of a stored text; empty while the owner has not written it whole. */
    static Optional<OwnerNote> parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json == null || !json.hasNonNull("pid") || !json.hasNonNull("api") || !json.hasNonNull("token")) {
                return Optional.empty();
            }
            URI api = new URI(json.get("api").asText());
            return Optional.of(new OwnerNote(
                    json.get("pid").asLong(), api, json.get("token").asText()));
        } catch (JsonProcessingException | URISyntaxException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "process " + pid + " at " + api;
    }
}
