package dev.caravan.connector.declared.spec;

import dev.caravan.connector.declared.template.TextTemplate;
import dev.caravan.connector.declared.template.When;
import java.util.Map;

/**
 * One of the ways in which requests are let in.
 *
 * @param when the settings with which it is taken
 * @param headers further headers that let requests in, and may name secrets
 */
public record LogInSpec(When when, AuthSpec auth, Map<String, TextTemplate> headers) {

    public LogInSpec {
        headers = Ordered.copy(headers);
    }
}
