package dev.caravan.connector.declared.select;

import java.util.List;
import java.util.Set;

/** What must hold of an answer or of one of its nodes. Data: it can be shown, and it cannot loop. */
public sealed interface Condition {

    /** Whether it holds. */
    boolean holds(Subject subject);

    /** The status is one of these or in one of these classes (5 for 5xx). */
    record Status(Set<Integer> codes, Set<Integer> classes) implements Condition {
        public Status {
            codes = Set.copyOf(codes);
            classes = Set.copyOf(classes);
        }

        @Override
        public boolean holds(Subject subject) {
            return codes.contains(subject.status()) || classes.contains(subject.status() / 100);
        }
    }

    /** A header's values pass. */
    record Header(String name, Check check) implements Condition {
        @Override
        public boolean holds(Subject subject) {
            return check.passes(subject.headers().getOrDefault(name, List.of()));
        }
    }

    /** The media type is one of these, parameters aside. */
    record ContentType(Set<String> types) implements Condition {
        public ContentType {
            types = Set.copyOf(types);
        }

        @Override
        public boolean holds(Subject subject) {
            return types.contains(subject.contentType());
        }
    }

    /** What the selector finds passes; of several texts one is enough. */
    record At(Selector selector, Check check) implements Condition {
        @Override
        public boolean holds(Subject subject) {
            return check.passes(selector.texts(subject.found(), subject.variables()));
        }
    }

    /** The selector finds a text that is this part of the sync's own words, such as a part of the object's name. */
    record Named(Selector selector, String variable) implements Condition {
        @Override
        public boolean holds(Subject subject) {
            String wanted = subject.variables().getOrDefault(variable, "");
            return !wanted.isEmpty()
                    && selector.texts(subject.found(), subject.variables()).contains(wanted);
        }
    }

    /** What the selector asks for is there, if only an empty list, and each node of it is so. */
    record Each(Selector selector, Condition condition) implements Condition {
        @Override
        public boolean holds(Subject subject) {
            return selector.lists(subject.found(), subject.variables())
                    && selector.all(subject.found(), subject.variables()).stream()
                            .allMatch(node -> condition.holds(subject.at(node)));
        }
    }

    /** It does not hold. */
    record Not(Condition condition) implements Condition {
        @Override
        public boolean holds(Subject subject) {
            return !condition.holds(subject);
        }
    }

    /** All of them hold; none at all holds always. */
    record All(List<Condition> conditions) implements Condition {
        public All {
            conditions = List.copyOf(conditions);
        }

        @Override
        public boolean holds(Subject subject) {
            return conditions.stream().allMatch(condition -> condition.holds(subject));
        }
    }

    /** One of them holds. */
    record Any(List<Condition> conditions) implements Condition {
        public Any {
            conditions = List.copyOf(conditions);
        }

        @Override
        public boolean holds(Subject subject) {
            return conditions.stream().anyMatch(condition -> condition.holds(subject));
        }
    }
}
