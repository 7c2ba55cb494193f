package dev.caravan.connector.declared.template;

import java.util.List;

/**
 * An address below the connection's base address. It is cut into segments before anything is filled in, so that no value can make more
 * of them or fewer.
 *
 * @param source as written
 * @param starts what comes first: of several the first whose settings hold; empty where nothing is chosen
 * @param segments between the slashes, the first after the leading one, or after the start
 */
public record PathTemplate(String source, List<Start> starts, List<TextTemplate> segments) {

    public PathTemplate {
        starts = List.copyOf(starts);
        segments = List.copyOf(segments);
    }

    /** One that begins in the same way whatever the settings. */
    public PathTemplate(String source, List<TextTemplate> segments) {
        this(source, List.of(), segments);
    }

    /** Segments that count with some settings. */
    public record Start(When when, List<TextTemplate> segments) {
        public Start {
            segments = List.copyOf(segments);
        }
    }

    @Override
    public String toString() {
        return source;
    }
}
