package dev.caravan.connector.declared.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.caravan.destination.Action;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetKey;
import dev.caravan.transport.HttpAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One example, from a file in {@code exchanges/}.
 *
 * @param about what it shows, in the words of whoever wrote it
 * @param action what is done with the rows; empty where the records are looked up that have their keys, and where the object is described
 * @param describes whether the object is described, and nothing done with rows
 * @param settings of the connection, none of them secret
 * @param outcomes one a row, or of a description one a field, in the words of {@link Words}
 */
public record Example(
        String file,
        String about,
        String object,
        Optional<Action> action,
        boolean describes,
        boolean job,
        TargetKey key,
        Map<String, String> settings,
        List<Write> rows,
        List<Exchange> exchanges,
        List<String> outcomes) {

    public Example {
        settings = Map.copyOf(settings);
        rows = List.copyOf(rows);
        exchanges = List.copyOf(exchanges);
        outcomes = List.copyOf(outcomes);
    }

    /**
     * A request and its answer.
     *
     * @param call method and path with query
     * @param headers that the request must have, among others
     * @param body what it must carry: JSON, or a text for any other form; missing for whatever it is
     */
    public record Exchange(String call, Map<String, String> headers, JsonNode body, HttpAnswer answer) {

        /** Whether the example says what the request carries. */
        boolean saysBody() {
            return !(body instanceof MissingNode);
        }
    }
}
