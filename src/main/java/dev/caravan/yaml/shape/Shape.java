package dev.caravan.yaml.shape;

import dev.caravan.problem.Code;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a value may be. */
public sealed interface Shape {

    /** How many entries a list or a block of free names has at most. */
    int MOST = 1000;

    /** What is no list and no block, as far as shapes tell. */
    sealed interface Single extends Shape {}

    /** Text that is not blank; numbers and truth values count as they are written. */
    record Text(String what) implements Single {}

    /**
     * Text that matches all of a pattern.
     *
     * @param least with {@code most}: the whole numbers that match too; none where it is greater
     */
    record Like(String what, String pattern, long least, long most) implements Single {

        /** Text alone. */
        public Like(String what, String pattern) {
            this(what, pattern, 1, 0);
        }
    }

    /** Text, number or truth value, as it is written, that matches all of a pattern. */
    record Written(String what, String pattern) implements Single {}

    /** Text, number or truth value, empty too. */
    record Value(String what) implements Single {}

    /** Nothing, as it is written: null. */
    record Nothing() implements Single {}

    /** Text, number or truth value, empty or nothing too. */
    record Scalar(String what) implements Single {}

    /**
     * One of these words.
     *
     * @param later those that are designed but not built: refused as unsupported, not as misspelt
     * @param elsewhere what others call them
     */
    record Words(List<String> words, List<String> later, Map<String, String> elsewhere) implements Single {
        public Words {
            words = List.copyOf(words);
            later = List.copyOf(later);
            elsewhere = Map.copyOf(elsewhere);
        }

        /** These words and no others. */
        public Words(List<String> words) {
            this(words, List.of(), Map.of());
        }
    }

    /** True or false. */
    record Flag() implements Single {}

    /** A whole number between two bounds, both included. */
    record Whole(long min, long max) implements Single {}

    /** A number, more than nothing where it is positive. */
    record Decimal(boolean positive) implements Single {}

    /** A part of a whole: 30%, or 0.3. */
    record Share() implements Single {
        /** What all of its text matches. */
        public static final String PATTERN = "(100(\\.0{1,6})?|0?[0-9]{1,2}(\\.[0-9]{1,6})?) ?%";
    }

    /** A number with a unit. */
    record Amount(Unit unit) implements Single {}

    /** Whatever YAML can say; whoever reads it judges it. */
    record Anything(String what) implements Single {}

    /** A list of so many. */
    record Items(Shape item, int least, int most) implements Shape {
        /** A list that is no longer than lists are. */
        public Items(Shape item, int least) {
            this(item, least, MOST);
        }
    }

    /** One, or a list of at least one. */
    record OneOrMore(Shape item) implements Shape {}

    /**
     * Names that the file chooses, each with a value.
     *
     * @param name what all of a name matches
     * @param least how many there are at least
     */
    record Names(String what, Shape value, Optional<NameForm> name, int least) implements Shape {
        /** Any names. */
        public Names(String what, Shape value) {
            this(what, value, Optional.empty(), 0);
        }

        /** Names of this form. */
        public Names(String what, Shape value, NameForm name) {
            this(what, value, Optional.of(name), 0);
        }
    }

    /**
     * What a chosen name may be.
     *
     * @param what what a wrong one cannot do: "name a field"
     */
    record NameForm(String pattern, String what, String hint) {}

    /** A block; asked for when it is needed, so that blocks may hold their like. */
    record Inside(Supplier<BlockShape> block) implements Shape {}

    /** A block whose other keys depend on the word under one of them. */
    record Tagged(String what, String key, Map<String, BlockShape> blocks) implements Shape {
        public Tagged {
            blocks = Map.copyOf(blocks);
        }
    }

    /** All of several, of which the first that is not so is told. */
    record All(List<Shape> shapes) implements Shape {
        public All {
            shapes = List.copyOf(shapes);
        }
    }

    /**
     * Another shape, whose refusal is told by a code and words of its own.
     *
     * @param message with {@code {name}} for what the value is and {@code {text}} for what is written
     */
    record Worded(Shape shape, Code code, String message, String hint) implements Shape {}

    /** One of several that differ in being a single value, a list, a block, nothing or of a pattern as written. */
    record Either(List<Shape> shapes) implements Shape {
        public Either {
            shapes = List.copyOf(shapes);
        }
    }

    /** What is measured. */
    enum Unit {
        DURATION(
                "a duration",
                "(?=0*[1-9])[0-9]{1,9}(ms|s|m|h|d)",
                "write a number and a unit: 30s, 15m, 6h, 90d",
                Code.SCHEDULE_DURATION),
        SIZE("a size", "[1-9][0-9]{0,8} ?(B|kB|MB|GB)", "write a number and a unit: 100kB, 1MB", Code.YAML_BAD_VALUE),
        MEMORY("a size", "(?=0*[1-9])[0-9]{1,9} ?(MB|GB)", "write 512MB or 1GB", Code.YAML_BAD_VALUE);

        private final String words;
        private final String pattern;
        private final String hint;
        private final Code code;

        Unit(String words, String pattern, String hint, Code code) {
            this.words = words;
            this.pattern = pattern;
            this.hint = hint;
            this.code = code;
        }

        /** How text that does not match is told. */
        public Code code() {
            return code;
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
    static Words words(Class<? extends Enum<?>> words, String... later) {
        return new Words(
                Arrays.stream(words.getEnumConstants())
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .toList(),
                Arrays.asList(later),
                Map.of());
    }

    /** A block that is declared already. */
    static Inside block(BlockShape block) {
        return new Inside(() -> block);
    }

    /** All of these, the first that is not so being told. */
    static All all(Shape... shapes) {
        return new All(Arrays.asList(shapes));
    }

    /** One of several kinds of value. */
    static Either either(Shape... shapes) {
        return new Either(Arrays.asList(shapes));
    }
}
