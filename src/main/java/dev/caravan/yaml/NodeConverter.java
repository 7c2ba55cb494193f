package dev.caravan.yaml;

import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.yaml.YamlNode.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns composed nodes into plain data and reports what data may not be: repeated keys, tags, loops. */
final class NodeConverter {

    private static final Set<Tag> PLAIN = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?");

    private final YamlSource source;
    private final Findings findings;
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

    NodeConverter(YamlSource source, Findings findings) {
        this.source = source;
        this.findings = findings;
    }

    YamlNode convert(Node node) {
        Span span = span(node);
        if (!PLAIN.contains(node.getTag())) {
            findings.report(Code.YAML_UNSUPPORTED, span.start(), "a YAML tag", "write plain data, without '!'");
        }
        if (!open.add(node)) {
            findings.report(Code.YAML_UNSUPPORTED, span.start(), "an alias inside what it names", "write it out");
            return new YamlNode.Scalar("", Kind.NULL, span, span.start().line(), source);
        }
        YamlNode converted = switch (node) {
            case ScalarNode scalar -> scalar(scalar, span);
            case SequenceNode list ->
                new YamlNode.Items(list.getValue().stream().map(this::convert).toList(), span);
            case MappingNode block when placeholder(block) -> unquotedPlaceholder(span);
            case MappingNode block -> block(block, span);
            default -> throw new IllegalStateException("a composed node is a scalar, a list or a block");
        };
        open.remove(node);
        return converted;
    }

    private YamlNode.Scalar scalar(ScalarNode node, Span span) {
        // No path, header, query or cell of text can hold it, and what it meets on its way takes it for an end.
        if (node.getValue().indexOf('\0') >= 0) {
            findings.report(Code.YAML_SYNTAX, span.start(), "the character NUL in a text", "take \\0 out of it");
            return new YamlNode.Scalar("", Kind.NULL, span, span.start().line(), source);
        }
        boolean blockStyle =
                node.getScalarStyle() == ScalarStyle.LITERAL || node.getScalarStyle() == ScalarStyle.FOLDED;
        int textLine = span.start().line() + (blockStyle ? 1 : 0);
        return new YamlNode.Scalar(node.getValue(), kind(node), span, textLine, source);
    }

    private static Kind kind(ScalarNode node) {
        Tag tag = node.getTag();
        String text = node.getValue();
        if (node.getScalarStyle() != ScalarStyle.PLAIN) {
            return Kind.TEXT;
        }
        if (tag.equals(Tag.NULL)) {
            return Kind.NULL;
        }
        if (tag.equals(Tag.BOOL)) {
            return Kind.BOOLEAN;
        }
        if (tag.equals(Tag.INT) && WHOLE.matcher(text).matches()) {
            return Kind.INTEGER;
        }
        return tag.equals(Tag.FLOAT) && NUMBER.matcher(text).matches() ? Kind.DECIMAL : Kind.TEXT;
    }

    /** Without quotes, {{env:X}} is a block whose only key is a block. */
    private static boolean placeholder(MappingNode node) {
        return node.getValue().size() == 1 && node.getValue().getFirst().getKeyNode() instanceof MappingNode;
    }

    private YamlNode.Scalar unquotedPlaceholder(Span span) {
        findings.report(Code.YAML_SYNTAX, span.start(), "a placeholder without quotes", "write it as \"{{env:NAME}}\"");
        String line = source.line(span.start().line());
        int from = line.offsetByCodePoints(0, span.start().column() - 1);
        int to = line.indexOf("}}", from);
        String text = to < 0 ? "" : line.substring(from, to + 2);
        return new YamlNode.Scalar(text, Kind.TEXT, span, span.start().line(), source);
    }

    private YamlNode.Block block(MappingNode node, Span span) {
        List<YamlNode.Entry> entries = new ArrayList<>();
        Map<String, Place> seen = new HashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Place place = span(tuple.getKeyNode()).start();
            YamlNode value = convert(tuple.getValueNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                findings.report(Code.YAML_WRONG_TYPE, place, "a key that is not a word", "write 'key: value'");
                continue;
            }
            String key = keyNode.getValue();
            Optional<Place> first = Optional.ofNullable(seen.putIfAbsent(key, place));
            first.ifPresent(at -> findings.report(
                    Code.YAML_DUPLICATE_KEY,
                    place,
                    "key '" + key + "' appears twice; the first is in line " + at.line(),
                    "keep one of them"));
            entries.add(new YamlNode.Entry(key, place, value, first.isPresent()));
        }
        return new YamlNode.Block(entries, span);
    }

    private Span span(Node node) {
        Place start = node.getStartMark().map(this::place).orElse(Place.ofFile(source.file()));
        return new Span(start, node.getEndMark().map(this::place).orElse(start));
    }

    private Place place(Mark mark) {
        return new Place(source.file(), mark.getLine() + 1, mark.getColumn() + 1);
    }
}
