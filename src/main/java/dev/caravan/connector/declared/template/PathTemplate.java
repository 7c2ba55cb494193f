package dev.caravan.connector.declared.template;

import java.util.List;

/**
 * An address below the connection's base address. It is cut into segments before anything is filled in, so that no value can make more
 * of them or fewer.
 *
 * @param source as written
 * @param segments between the slashes, the first after the leading one
 */
public record PathTemplate(String source, List<TextTemplate> segments) {

    public PathTemplate {
        segments = List.copyOf(segments);
    }

    @Override
    public String toString() {
        return source;
    }
}
