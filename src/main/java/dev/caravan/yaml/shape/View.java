package dev.caravan.yaml.shape;

import dev.caravan.problem.Place;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Block;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.YamlNode.Items;
import dev.caravan.yaml.YamlNode.Kind;
import dev.caravan.yaml.YamlNode.Scalar;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Takes values out of a block that a {@link ShapeCheck} has gone over: what is ill-formed reads as absent, without a word. */
public record View(Block block) {

    /** A view of a value that is a block. */
    public static Optional<View> of(YamlNode node) {
        return node instanceof Block block ? Optional.of(new View(block)) : Optional.empty();
    }

    /** The text of a single value. */
    public static Optional<Located<String>> text(YamlNode node) {
        return node instanceof Scalar scalar
                        && scalar.kind() != Kind.NULL
                        && !scalar.text().isBlank()
                ? Optional.of(new Located<>(scalar.text(), scalar.place()))
                : Optional.empty();
    }

    /** Where it begins. */
    public Place place() {
        return block.place();
    }

    /** Where the key stands, or the block where it does not. */
    public Place placeOf(String key) {
        return block.entry(key).map(Entry::place).orElse(place());
    }

    /** Whether the key is there. */
    public boolean has(String key) {
        return block.entry(key).isPresent();
    }

    /** The value of a key. */
    public Optional<YamlNode> node(String key) {
        return block.entry(key).map(Entry::value);
    }

    /** The text of a key. */
    public Optional<Located<String>> text(String key) {
        return node(key).flatMap(View::text);
    }

    /** The text of a key, or this. */
    public String text(String key, String byDefault) {
        return text(key).map(Located::value).orElse(byDefault);
    }

    /** One value, or the values of a list; those under a key that is not there are none. */
    public List<YamlNode> nodes(String key) {
        return node(key)
                .map(node -> node instanceof Items list ? list.items() : List.of(node))
                .orElse(List.of());
    }

    /** The texts of one value or a list. */
    public List<Located<String>> texts(String key) {
        return nodes(key).stream().flatMap(node -> text(node).stream()).toList();
    }

    /** The texts of one value or a list. */
    public static List<Located<String>> texts(YamlNode node) {
        List<YamlNode> nodes = node instanceof Items list ? list.items() : List.of(node);
        return nodes.stream().flatMap(each -> text(each).stream()).toList();
    }

    /** The blocks of one value or a list. */
    public List<View> blocks(String key) {
        return nodes(key).stream().flatMap(node -> of(node).stream()).toList();
    }

    /** The block under a key. */
    public Optional<View> block(String key) {
        return node(key).flatMap(View::of);
    }

    /** The entries of the block under a key. */
    public List<Entry> entries(String key) {
        return block(key).map(view -> view.block().entries()).orElse(List.of());
    }

    /** The truth of a key, or this. */
    public boolean flag(String key, boolean byDefault) {
        return node(key)
                .filter(node -> node instanceof Scalar scalar && scalar.kind() == Kind.BOOLEAN)
                .map(node -> Boolean.parseBoolean(((Scalar) node).text()))
                .orElse(byDefault);
    }

    /** The whole number of a key, or this. */
    public long whole(String key, long byDefault) {
        return node(key)
                .filter(node -> node instanceof Scalar scalar
                        && scalar.kind() == Kind.INTEGER
                        && scalar.text().length() < 19)
                .map(node -> Long.parseLong(((Scalar) node).text()))
                .orElse(byDefault);
    }

    /** The duration of a key. */
    public Optional<Duration> duration(String key) {
        return text(key).flatMap(text -> durationOf(text.value()));
    }

    /** The duration that a text writes. */
    public static Optional<Duration> durationOf(String text) {
        if (!text.matches(Shape.Unit.DURATION.pattern())) {
            return Optional.empty();
        }
        long amount = Long.parseLong(text.replaceAll("[a-z]", ""));
        return Optional.of(
                switch (text.replaceAll("[0-9]", "")) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                });
    }

    /** The size of a key in bytes, units of 1,000; 0 where it is not there. */
    public long size(String key) {
        return sizeOf(text(key, ""));
    }

    /** The size that a text writes, in bytes; 0 where it writes none. */
    public static long sizeOf(String written) {
        String text = written.replace(" ", "");
        if (!text.matches("[0-9]{1,9}(B|kB|MB|GB)")) {
            return 0;
        }
        long amount = Long.parseLong(text.replaceAll("[A-Za-z]", ""));
        return amount
                * switch (text.replaceAll("[0-9]", "")) {
                    case "kB" -> 1_000L;
                    case "MB" -> 1_000_000L;
                    case "GB" -> 1_000_000_000L;
                    default -> 1L;
                };
    }

    /** The constant whose name a key's word is. */
    public <E extends Enum<E>> Optional<E> word(String key, Class<E> words) {
        return text(key).flatMap(text -> wordOf(text.value(), words));
    }

    /** The constant whose name a word is. */
    public static <E extends Enum<E>> Optional<E> wordOf(String word, Class<E> words) {
        return Arrays.stream(words.getEnumConstants())
                .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }
}
