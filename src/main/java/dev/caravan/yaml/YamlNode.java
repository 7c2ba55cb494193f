package dev.caravan.yaml;

import dev.caravan.problem.Place;
import java.util.List;
import java.util.Optional;

/** A YAML value as plain data. Tags, anchors and merge keys are gone: aliases are replaced by what they name. */
public sealed interface YamlNode {

    /** Where it stands. */
    Span span();

    /** Its first character. */
    default Place place() {
        return span().start();
    }

    /** What it is, for messages: "text", "a list" … */
    String kindName();

    /**
     * A single value; its text is unquoted and unfolded.
     *
     * @param textLine the line on which the text begins
     */
    record Scalar(String text, Kind kind, Span span, int textLine, YamlSource source) implements YamlNode {

        /** The place of the character at this offset (in code points) of the text, as near as it can be known. */
        public Place placeAt(int offset) {
            return source.placeInside(this, offset);
        }

        @Override
        public String kindName() {
            return kind.words;
        }
    }

    /** A list. */
    record Items(List<YamlNode> items, Span span) implements YamlNode {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String kindName() {
            return "a list";
        }
    }

    /** Keys and values in file order, repeated keys included. */
    record Block(List<Entry> all, Span span) implements YamlNode {
        public Block {
            all = List.copyOf(all);
        }

        /** The entries that count: of a repeated key the first. */
        public List<Entry> entries() {
            return all.stream().filter(entry -> !entry.repeated()).toList();
        }

        /** The entry of a key. */
        public Optional<Entry> entry(String key) {
            return all.stream().filter(entry -> entry.key().equals(key)).findFirst();
        }

        @Override
        public String kindName() {
            return "a block of keys";
        }
    }

    /**
     * One key with its value.
     *
     * @param repeated whether the key stood in the block before
     */
    record Entry(String key, Place place, YamlNode value, boolean repeated) {}

    /** What a scalar looks like, by the YAML 1.2 core schema; quoted ones are always text. */
    enum Kind {
        TEXT("text"),
        INTEGER("a whole number"),
        DECIMAL("a number"),
        BOOLEAN("true or false"),
        NULL("nothing");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }
}
