package dev.caravan.connector.declared.template;

import java.util.List;

/**
 * A text with holes. Immutable.
 *
 * @param source as written
 */
public record TextTemplate(String source, List<Part> parts) {

    public TextTemplate {
        parts = List.copyOf(parts);
    }

    /** A text without holes. */
    public static TextTemplate literal(String text) {
        return new TextTemplate(text, text.isEmpty() ? List.of() : List.of(new Part.Literal(text)));
    }

    /** Whether it has no holes. */
    public boolean isLiteral() {
        for (Part part : parts) {
            if (part instanceof Part.Filled) {
                return false;
            }
        }
        return true;
    }

    /** Its holes, in order. */
    public List<Hole> holes() {
        return parts.stream()
                .filter(Part.Filled.class::isInstance)
                .map(part -> ((Part.Filled) part).hole())
                .toList();
    }

    @Override
    public String toString() {
        return source;
    }
}
