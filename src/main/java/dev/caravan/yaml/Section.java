package dev.caravan.yaml;

import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Spelling;
import dev.caravan.yaml.YamlNode.Block;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.YamlNode.Kind;
import dev.caravan.yaml.YamlNode.Scalar;
import java.util.List;
import java.util.Optional;

/**
 * A cursor over a block whose keys are known. Unknown keys are reported when it opens, a missing or ill-typed value when it
 * is asked for; both then read as absent. So ask for each key once.
 */
public final class Section {

    private final Block block;
    private final String name;
    private final Findings findings;

    private Section(Block block, String name, Findings findings) {
        this.block = block;
        this.name = name;
        this.findings = findings;
    }

    /**
     * Opens a block.
     *
     * @param name what it is, for messages, for example "a connection"
     */
    public static Optional<Section> open(YamlNode node, String name, Keys keys, Findings findings) {
        Optional<Section> section = openFree(node, name, findings);
        section.ifPresent(opened -> opened.refuseUnknown(keys));
        return section;
    }

    /** Opens a block whose other keys the caller judges. An empty value is an empty block. */
    public static Optional<Section> openFree(YamlNode node, String name, Findings findings) {
        if (node instanceof Block block) {
            return Optional.of(new Section(block, name, findings));
        }
        if (node instanceof Scalar scalar && scalar.kind() == Kind.NULL) {
            return Optional.of(new Section(new Block(List.of(), node.span()), name, findings));
        }
        findings.report(
                Code.YAML_WRONG_TYPE,
                node.place(),
                name + " is a block of keys, this is " + node.kindName(),
                "write 'key: value' lines below it, or {key: value}");
        return Optional.empty();
    }

    private void refuseUnknown(Keys keys) {
        for (Entry entry : block.entries()) {
            refuseUnknown(entry, keys);
        }
    }

    /** Reports this entry unless its key is known. */
    public void refuseUnknown(Entry entry, Keys keys) {
        if (keys.later().contains(entry.key())) {
            findings.report(
                    Code.YAML_UNSUPPORTED,
                    entry.place(),
                    "'" + entry.key() + "' is not supported yet",
                    "remove it for now");
        } else if (!keys.known().contains(entry.key())) {
            findings.report(
                    Code.YAML_UNKNOWN_KEY,
                    entry.place(),
                    "unknown key '" + entry.key() + "' in " + name,
                    Spelling.suggest(entry.key(), keys.known(), "known keys: " + String.join(", ", keys.known())));
        }
    }

    /** The block itself. */
    public Block block() {
        return block;
    }

    /** Where the block begins. */
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
        return block.entry(key).map(Entry::value);
    }

    /** The value of a key that must be there. */
    public Optional<YamlNode> required(String key) {
        if (!has(key)) {
            findings.report(Code.YAML_MISSING_KEY, place(), name + " needs '" + key + "'", "add '" + key + ": …'");
        }
        return node(key);
    }

    /** The text of a key that must be there. */
    public Optional<Located<String>> requiredText(String key) {
        return required(key).flatMap(node -> Scalars.text(node, "'" + key + "'", findings));
    }

    /** The text of a key that may be there. */
    public Optional<Located<String>> text(String key) {
        return node(key).flatMap(node -> Scalars.text(node, "'" + key + "'", findings));
    }

    /** The truth of a key, or what it is by default. */
    public boolean flag(String key, boolean byDefault) {
        return node(key)
                .flatMap(node -> Scalars.flag(node, "'" + key + "'", findings))
                .orElse(byDefault);
    }
}
