package dev.caravan.connector.declared.select;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Set;

/** What is asked of the texts that a selector or header gives. */
public sealed interface Check {

    /** Whether they pass. */
    boolean passes(List<String> texts);

    /** One of them is one of these: scalars compare by their text, so that 4 is "4" and true is "true". */
    record Is(Set<String> values) implements Check {
        public Is {
            values = Set.copyOf(values);
        }

        @Override
        public boolean passes(List<String> texts) {
            return texts.stream().anyMatch(values::contains);
        }
    }

    /** The pattern is found in one of them. */
    record Matches(Pattern pattern) implements Check {
        @Override
        public boolean passes(List<String> texts) {
            return texts.stream().anyMatch(text -> pattern.matcher(text).find());
        }
    }

    /** There are none, or there are some: null and missing are the same. */
    record Absent(boolean absent) implements Check {
        @Override
        public boolean passes(List<String> texts) {
            return texts.isEmpty() == absent;
        }
    }
}
