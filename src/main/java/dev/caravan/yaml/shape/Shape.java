package dev.caravan.yaml.shape;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** What a value may be. */
public sealed interface Shape {

    /** How many entries a list or a block of free names has at most. */
    int MOST = 1000;

    /** Text that is not blank; numbers and truth values count as they are written. */
    record Text(String what) implements Shape {}

    /**
     * Text that matches all of a pattern.
     *
     * @param least with {@code most}: the whole numbers that match too; none where it is greater
     */
    record Like(String what, String pattern, long least, long most) implements Shape {

        /** Text alone. */
        public Like(String what, String pattern) {
            this(what, pattern, 1, 0);
        }
    }

    /** Text, number or truth value, empty or nothing too. */
    record Scalar(String what) implements Shape {}

    /** One of these words. */
    record Words(List<String> words) implements Shape {
        public Words {
            words = List.copyOf(words);
        }
    }

    /** True or false. */
    record Flag() implements Shape {}

    /** A whole number between two bounds, both included. */
    record Whole(long min, long max) implements Shape {}

    /** A number with a unit. */
    record Amount(Unit unit) implements Shape {}

    /** Whatever YAML can say; whoever reads it judges it. */
    record Anything(String what) implements Shape {}

    /** A list. */
    record Items(Shape item, int least) implements Shape {}

    /** One, or a list of at least one. */
    record OneOrMore(Shape item) implements Shape {}

    /** Names that the file chooses, each with a value. */
    record Names(String what, Shape value) implements Shape {}

    /** A block; asked for when it is needed, so that blocks may hold their like. */
    record Inside(Supplier<BlockShape> block) implements Shape {}

    /** A block whose other keys depend on the word under one of them. */
    record Tagged(String what, String key, Map<String, BlockShape> blocks) implements Shape {
        public Tagged {
            blocks = Map.copyOf(blocks);
        }
    }

    /** One of several that differ in being a single value, a list or a block. */
    record Either(List<Shape> shapes) implements Shape {
        public Either {
            shapes = List.copyOf(shapes);
        }
    }

    /** What is measured. */
    enum Unit {
        DURATION("a duration", "[1-9][0-9]{0,8}(ms|s|m|h|d)", "write a number and a unit: 30s, 15m, 6h"),
        SIZE("a size", "[1-9][0-9]{0,8} ?(B|kB|MB|GB)", "write a number and a unit: 100kB, 1MB");

        private final String words;
        private final String pattern;
        private final String hint;

        Unit(String words, String pattern, String hint) {
            this.words = words;
            this.pattern = pattern;
            this.hint = hint;
        }

        /** What it is, for messages. */
        public String words() {
            return words;
        }

        /** What all of its text matches. */
        public String pattern() {
            return pattern;
        }

        /** What to write. */
        public String hint() {
            return hint;
        }
    }

    /** The words of an enum, in lower case. */
    static Words words(Class<? extends Enum<?>> words) {
        return new Words(Arrays.stream(words.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList());
    }

    /** A block that is declared already. */
    static Inside block(BlockShape block) {
        return new Inside(() -> block);
    }

    /** One of several kinds of value. */
    static Either either(Shape... shapes) {
        return new Either(Arrays.asList(shapes));
    }
}
