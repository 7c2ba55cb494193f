package dev.caravan.yaml.shape;

import dev.caravan.problem.Place;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.Scalars;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Block;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.YamlNode.Kind;
import dev.caravan.yaml.YamlNode.Scalar;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A block of a file that a {@link ShapeCheck} has gone over: what that refused reads as absent, without another word, and whoever
 * finds more wrong reports it to the same findings.
 */
public record Section(Block block, Findings findings) {

    /** The block that a checked value is; nothing written is an empty one. */
    public static Optional<Section> of(YamlNode node, Findings findings) {
        if (node instanceof Block block) {
            return Optional.of(new Section(block, findings)).filter(any -> findings.sound(node));
        }
        boolean nothing = node instanceof Scalar scalar && scalar.kind() == Kind.NULL;
        return Optional.of(new Section(new Block(List.of(), node.span()), findings))
                .filter(empty -> nothing && findings.sound(node));
    }

    /** The block of a whole document, which is checked first. */
    public static Optional<Section> document(YamlNode node, BlockShape shape, Findings findings) {
        new ShapeCheck(findings).check(node, Shape.block(shape), shape.name());
        return of(node, findings);
    }

    /** Where it begins. */
    public Place place() {
        return block.place();
    }

    /** Whether the key is there, whatever its value. */
    public boolean has(String key) {
        return block.entry(key).isPresent();
    }

    /** Where the key stands, or the block where it does not. */
    public Place placeOf(String key) {
        return block.entry(key).map(Entry::place).orElse(place());
    }

    /** The value of a key. */
    public Optional<YamlNode> node(String key) {
        return block.entry(key).map(Entry::value).filter(findings::sound);
    }

    /** The block under a key. */
    public Optional<Section> section(String key) {
        return node(key).flatMap(node -> of(node, findings));
    }

    /** The entries of the block under a key. */
    public List<Entry> entries(String key) {
        return section(key).map(section -> section.block().entries()).orElse(List.of());
    }

    /** The text of a key. */
    public Optional<Located<String>> text(String key) {
        return node(key).flatMap(View::text);
    }

    /** One value, or the values of a list; those under a key that is not there are none. */
    public List<YamlNode> nodes(String key) {
        return node(key).map(node -> node instanceof YamlNode.Items list ? list.items() : List.of(node)).stream()
                .flatMap(List::stream)
                .filter(findings::sound)
                .toList();
    }

    /** The texts of one value or a list. */
    public List<Located<String>> texts(String key) {
        return nodes(key).stream().flatMap(node -> View.text(node).stream()).toList();
    }

    /** The truth of a key, or what it is by default. */
    public boolean flag(String key, boolean byDefault) {
        return flag(key).orElse(byDefault);
    }

    /** The truth of a key. */
    public Optional<Boolean> flag(String key) {
        return node(key).flatMap(node -> Scalars.flag(node, key, findings));
    }

    /** The whole number of a key, whose shape says what it may be. */
    public Optional<Long> whole(String key) {
        return node(key).flatMap(node -> Scalars.whole(node, key, Long.MIN_VALUE, Long.MAX_VALUE, findings));
    }

    /** The number of a key, exactly as written. */
    public Optional<BigDecimal> number(String key) {
        return node(key).flatMap(node -> Scalars.number(node, key, false, findings));
    }

    /** The share of a key, between 0 and 1. */
    public Optional<BigDecimal> share(String key) {
        return node(key).flatMap(node -> Scalars.share(node, key, findings));
    }

    /** The duration of a key. */
    public Optional<Duration> duration(String key) {
        return text(key).flatMap(text -> View.durationOf(text.value()));
    }

    /** The size of a key in bytes, units of 1,000. */
    public Optional<Long> size(String key) {
        return text(key).map(text -> View.sizeOf(text.value()));
    }

    /** The constant whose name a key's word is. */
    public <E extends Enum<E>> Optional<E> word(String key, Class<E> words) {
        return text(key).flatMap(text -> View.wordOf(text.value(), words));
    }
}
