package dev.caravan.connector.declared.spec;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The name of an object, with captures: {@code 2-{id}} takes {@code 2-1234} and captures {@code id}.
 *
 * @param source as written
 * @param pattern the same as an expression with one group a capture; no capture takes a slash or a space
 * @param captures their names, in order
 */
public record NamePattern(String source, Pattern pattern, List<String> captures) {

    public NamePattern {
        captures = List.copyOf(captures);
    }

    /** The captures of a name, empty if it is another object's. */
    public Optional<Map<String, String>> match(String name) {
        Matcher matcher = pattern.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> found = new LinkedHashMap<>();
        for (int i = 0; i < captures.size(); i++) {
            found.put(captures.get(i), matcher.group(i + 1));
        }
        return Optional.of(found);
    }

    @Override
    public String toString() {
        return source;
    }
}
