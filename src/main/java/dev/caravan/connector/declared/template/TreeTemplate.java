package dev.caravan.connector.declared.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** JSON with holes. Immutable. */
public sealed interface TreeTemplate {

    /** The same for every request. */
    record Fixed(JsonNode node) implements TreeTemplate {}

    /** A leaf that is one hole alone: it keeps the type of what fills it. */
    record Value(Hole hole) implements TreeTemplate {}

    /** A leaf of text around holes: always text. */
    record Text(TextTemplate text) implements TreeTemplate {}

    /** An object. */
    record Members(List<Member> members) implements TreeTemplate {
        public Members {
            members = List.copyOf(members);
        }
    }

    /** A list. */
    record Items(List<TreeTemplate> items) implements TreeTemplate {
        public Items {
            items = List.copyOf(items);
        }
    }

    /**
     * One item for each of something.
     *
     * @param without fields that are left out
     */
    record Each(Of of, Set<String> without, TreeTemplate item) implements TreeTemplate {
        public Each {
            without = Set.copyOf(without);
        }

        /** One for each of them all. */
        public Each(Of of, TreeTemplate item) {
            this(of, Set.of(), item);
        }
    }

    /**
     * One member for each of something.
     *
     * @param without fields that are left out
     */
    record EachMember(Of of, Set<String> without, TextTemplate name, TreeTemplate item) implements TreeTemplate {
        public EachMember {
            without = Set.copyOf(without);
        }
    }

    /** One object of all of these; where two have a member of the same name the earlier counts, so that no field takes the place of ours. */
    record Merged(List<TreeTemplate> parts) implements TreeTemplate {
        public Merged {
            parts = List.copyOf(parts);
        }
    }

    /** Something that is left out where no row of the request has a field, so that columns and their names go together. */
    record IfField(String field, TreeTemplate item) implements TreeTemplate {}

    /** JSON as text inside JSON or a form. */
    record Nested(TreeTemplate tree) implements TreeTemplate {}

    /** What is inside, or nothing where that is an object or a list with nothing in it. */
    record Present(TreeTemplate inside) implements TreeTemplate {}

    /** An object, or nothing where one of its members is not there or blank. */
    record Complete(Members members) implements TreeTemplate {}

    /** The names of the members that are there, joined by commas: a field mask. */
    record NamesOf(Members members) implements TreeTemplate {}

    /** One list of all of these: a list among them gives its items. */
    record Flat(List<TreeTemplate> parts) implements TreeTemplate {
        public Flat {
            parts = List.copyOf(parts);
        }
    }

    /** One member of an object. */
    record Member(TextTemplate name, TreeTemplate value) {}

    /** What a list is made of. */
    enum Of {
        /** The rows of the batch. */
        ROWS("rows"),
        /** The row's fields without its key, each as {@code field.name} and {@code field.value}. */
        ROW_FIELDS("row.fields"),
        /** The same with the key. */
        ROW_VALUES("row.values"),
        /** The names of the batch's fields, as {@code field.name}. */
        BATCH_FIELDS("batch.fields");

        private final String text;

        Of(String text) {
            this.text = text;
        }

        /** As it is written. */
        public String text() {
            return text;
        }
    }
}
