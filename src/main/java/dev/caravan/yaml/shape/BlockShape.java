package dev.caravan.yaml.shape;

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
 */
public record BlockShape(String id, String name, List<Key> keys, List<Choice> choices) {

    public BlockShape {
        keys = List.copyOf(keys);
        choices = List.copyOf(choices);
    }

    /** Keys of which at most one is there. */
    public record Choice(List<String> keys, boolean required) {
        public Choice {
            keys = List.copyOf(keys);
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

    /** The same, of whose keys at most one of these is there. */
    public BlockShape atMostOneOf(String... keys) {
        return choosing(new Choice(List.of(keys), false));
    }

    private BlockShape choosing(Choice choice) {
        List<Choice> more = new ArrayList<>(choices);
        more.add(choice);
        return new BlockShape(id, name, keys, more);
    }

    /** The same with more keys behind its own, under another name. */
    public BlockShape with(String newId, String newName, Key... more) {
        List<Key> all = new ArrayList<>(keys);
        all.addAll(Arrays.asList(more));
        return new BlockShape(newId, newName, all, choices);
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
