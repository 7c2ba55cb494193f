package dev.caravan.yaml.shape;

import dev.caravan.problem.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A block whose keys are known.
 *
 * @param id its name in the schema, one word
 * @param name what it is, for messages: "a request"
 * @param keys in the order of the docs
 * @param choices groups of keys of which a block has one
 * @param needs keys that go with others alone
 * @param later keys that are designed but not built: refused as unsupported, not as misspelt
 * @param others what stands under any other key, where other keys are names that the file chooses
 */
public record BlockShape(
        String id,
        String name,
        List<Key> keys,
        List<Choice> choices,
        List<Need> needs,
        List<String> later,
        Optional<Shape> others) {

    public BlockShape {
        keys = List.copyOf(keys);
        choices = List.copyOf(choices);
        needs = List.copyOf(needs);
        later = List.copyOf(later);
    }

    /** Keys and choices alone. */
    public BlockShape(String id, String name, List<Key> keys, List<Choice> choices) {
        this(id, name, keys, choices, List.of(), List.of(), Optional.empty());
    }

    /** A key that goes with another one alone. */
    public record Need(String key, String other) {}

    /**
     * Keys of which at most one is there.
     *
     * @param twice how two of them are told
     */
    public record Choice(List<String> keys, boolean required, Code twice) {
        public Choice {
            keys = List.copyOf(keys);
        }

        /** Two of them are a value that cannot be. */
        public Choice(List<String> keys, boolean required) {
            this(keys, required, Code.YAML_BAD_VALUE);
        }
    }

    /** A block of these keys. */
    public static BlockShape of(String id, String name, Key... keys) {
        return new BlockShape(id, name, Arrays.asList(keys), List.of());
    }

    /** The same, of whose keys exactly one of these is there. */
    public BlockShape oneOf(String... keys) {
        return choosing(new Choice(List.of(keys), true));
    }

    /** The same, two being told by this code. */
    public BlockShape oneOf(Code twice, List<String> keys) {
        return choosing(new Choice(keys, true, twice));
    }

    /** The same, of whose keys at most one of these is there. */
    public BlockShape atMostOneOf(String... keys) {
        return choosing(new Choice(List.of(keys), false));
    }

    private BlockShape choosing(Choice choice) {
        List<Choice> more = new ArrayList<>(choices);
        more.add(choice);
        return new BlockShape(id, name, keys, more, needs, later, others);
    }

    /** The same, where {@code key} needs {@code other} beside it. */
    public BlockShape needing(String key, String other) {
        List<Need> more = new ArrayList<>(needs);
        more.add(new Need(key, other));
        return new BlockShape(id, name, keys, choices, more, later, others);
    }

    /** The same, with keys that are not supported yet. */
    public BlockShape later(String... unsupported) {
        return new BlockShape(id, name, keys, choices, needs, Arrays.asList(unsupported), others);
    }

    /** The same, whose other keys are names with such blocks. */
    public BlockShape others(Shape each) {
        return new BlockShape(id, name, keys, choices, needs, later, Optional.of(each));
    }

    /** The same with more keys behind its own, under another name. */
    public BlockShape with(String newId, String newName, Key... more) {
        List<Key> all = new ArrayList<>(keys);
        all.addAll(Arrays.asList(more));
        return new BlockShape(newId, newName, all, choices, needs, later, others);
    }

    /** The key of this name. */
    public Optional<Key> key(String wanted) {
        return keys.stream().filter(key -> key.name().equals(wanted)).findFirst();
    }

    /** Whether nothing has to be in it. */
    public boolean mayBeEmpty() {
        return keys.stream().noneMatch(Key::required) && choices.isEmpty();
    }

    /** The names of its keys. */
    public List<String> names() {
        return keys.stream().map(Key::name).toList();
    }
}
