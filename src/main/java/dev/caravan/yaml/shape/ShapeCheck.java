package dev.caravan.yaml.shape;

import dev.caravan.problem.Code;
import dev.caravan.problem.Spelling;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Scalars;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Block;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.YamlNode.Items;
import dev.caravan.yaml.YamlNode.Kind;
import dev.caravan.yaml.YamlNode.Scalar;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reports everything in a value that its shape does not allow, each once and at its place. For one thread. */
public final class ShapeCheck {

    private final Findings findings;

    public ShapeCheck(Findings findings) {
        this.findings = findings;
    }

    /**
     * Checks a value with all below it.
     *
     * @param name what it is, for messages
     */
    public void check(YamlNode node, Shape shape, String name) {
        switch (shape) {
            case Shape.Text text -> Scalars.text(node, name + ", " + text.what() + ",", findings);
            case Shape.Like like -> like(node, like, name);
            case Shape.Scalar scalar -> scalar(node, name);
            case Shape.Words words -> word(node, words.words(), name);
            case Shape.Flag flag -> Scalars.flag(node, name, findings);
            case Shape.Whole whole -> Scalars.whole(node, name, whole.min(), whole.max(), findings);
            case Shape.Amount amount -> amount(node, amount.unit(), name);
            case Shape.Anything any -> {}
            case Shape.Items items -> items(node, items, name);
            case Shape.OneOrMore more when node instanceof Items -> items(node, new Shape.Items(more.item(), 1), name);
            case Shape.OneOrMore more -> check(node, more.item(), name);
            case Shape.Names names -> names(node, names, name);
            case Shape.Inside inside -> block(node, inside.block().get());
            case Shape.Tagged tagged -> tagged(node, tagged, name);
            case Shape.Either either -> either(node, either.shapes(), name);
        }
    }

    private void like(YamlNode node, Shape.Like like, String name) {
        boolean numbers = like.least() <= like.most();
        Kind kind = node instanceof Scalar scalar ? scalar.kind() : Kind.NULL;
        boolean fits = kind == Kind.TEXT || (numbers && kind == Kind.INTEGER);
        Scalars.text(node, name, findings)
                .filter(text -> !fits || !text.value().matches(like.pattern()))
                .ifPresent(text -> Scalars.bad(
                        node, name + " cannot be '" + text.value() + "'", "write " + like.what(), findings));
    }

    private void amount(YamlNode node, Shape.Unit unit, String name) {
        Scalars.text(node, name, findings)
                .filter(text -> !text.value().matches(unit.pattern()))
                .ifPresent(text -> Scalars.bad(
                        node,
                        name + " is " + unit.words() + ", this is '" + text.value() + "'",
                        unit.hint(),
                        findings));
    }

    private void scalar(YamlNode node, String name) {
        if (!(node instanceof Scalar)) {
            Scalars.wrong(node, name + " is a single value", "write a text, a number, true or false", findings);
        }
    }

    private void word(YamlNode node, List<String> words, String name) {
        Scalars.text(node, name, findings)
                .filter(text -> !words.contains(text.value()))
                .ifPresent(text -> {
                    String otherwise = "choose one of " + String.join(", ", words);
                    String hint = Spelling.suggest(text.value(), words, otherwise);
                    Scalars.bad(node, name + " cannot be '" + text.value() + "'", hint, findings);
                });
    }

    private void items(YamlNode node, Shape.Items shape, String name) {
        if (!(node instanceof Items list)) {
            Scalars.wrong(node, name + " is a list", "write [a, b], or '- a' lines below it", findings);
            return;
        }
        if (list.items().size() < shape.least()) {
            Scalars.bad(node, name + " needs at least " + shape.least() + " entry", "write it", findings);
        }
        if (tooMany(node, list.items().size(), name)) {
            return;
        }
        list.items().forEach(item -> check(item, shape.item(), "an entry of " + name));
    }

    private boolean tooMany(YamlNode node, int size, String name) {
        if (size > Shape.MOST) {
            String message = name + " has " + size + " entries, at most " + Shape.MOST + " are read";
            findings.report(Code.YAML_TOO_LARGE, node.place(), message, "leave some out");
        }
        return size > Shape.MOST;
    }

    private void names(YamlNode node, Shape.Names shape, String name) {
        if (nothing(node)) {
            return;
        }
        if (!(node instanceof Block block)) {
            Scalars.wrong(node, name + " is a block of names", "write 'name: value' lines below it", findings);
            return;
        }
        if (!tooMany(node, block.entries().size(), name)) {
            block.entries().forEach(entry -> check(entry.value(), shape.value(), "'" + entry.key() + "'"));
        }
    }

    private void tagged(YamlNode node, Shape.Tagged shape, String name) {
        if (!(node instanceof Block block)) {
            String hint = "write {" + shape.key() + ": …}";
            Scalars.wrong(node, name + " is a block of keys", hint, findings);
            return;
        }
        List<String> words = shape.blocks().keySet().stream().sorted().toList();
        Optional<Entry> tag = block.entry(shape.key());
        if (tag.isEmpty()) {
            missing(node, name, shape.key());
            return;
        }
        word(tag.get().value(), words, "'" + shape.key() + "'");
        View.text(tag.get().value())
                .flatMap(text -> Optional.ofNullable(shape.blocks().get(text.value())))
                .ifPresent(inside -> block(node, inside));
    }

    private void either(YamlNode node, List<Shape> shapes, String name) {
        Optional<Shape> fitting =
                shapes.stream().filter(shape -> fits(node, shape)).findFirst();
        if (fitting.isPresent()) {
            check(node, fitting.get(), name);
        } else {
            String kinds = shapes.stream().map(ShapeCheck::kind).collect(Collectors.joining(" or "));
            Scalars.wrong(node, name + " is " + kinds, "write one of these", findings);
        }
    }

    private static boolean fits(YamlNode node, Shape shape) {
        return switch (shape) {
            case Shape.Anything any -> true;
            case Shape.OneOrMore more -> node instanceof Items || fits(node, more.item());
            case Shape.Items items -> node instanceof Items;
            case Shape.Inside inside -> node instanceof Block;
            case Shape.Names names -> node instanceof Block;
            case Shape.Tagged tagged -> node instanceof Block;
            case Shape.Either either -> either.shapes().stream().anyMatch(one -> fits(node, one));
            case Shape.Text text -> node instanceof Scalar;
            case Shape.Like like -> node instanceof Scalar;
            case Shape.Scalar scalar -> node instanceof Scalar;
            case Shape.Words words -> node instanceof Scalar;
            case Shape.Flag flag -> node instanceof Scalar;
            case Shape.Whole whole -> node instanceof Scalar;
            case Shape.Amount amount -> node instanceof Scalar;
        };
    }

    private static String kind(Shape shape) {
        return switch (shape) {
            case Shape.Inside inside -> inside.block().get().name();
            case Shape.Items items -> "a list";
            case Shape.Names names -> "a block of names";
            case Shape.Tagged tagged -> tagged.what();
            case Shape.OneOrMore more -> kind(more.item());
            case Shape.Either either ->
                either.shapes().stream().map(ShapeCheck::kind).collect(Collectors.joining(" or "));
            case Shape.Text text -> text.what();
            case Shape.Like like -> like.what();
            case Shape.Words words -> "one of " + String.join(", ", words.words());
            case Shape.Amount amount -> amount.unit().words();
            case Shape.Flag flag -> "true or false";
            case Shape.Whole whole -> "a whole number";
            case Shape.Scalar scalar -> "a single value";
            case Shape.Anything any -> any.what();
        };
    }

    private void block(YamlNode node, BlockShape shape) {
        if (!(node instanceof Block block)) {
            if (!nothing(node) || !shape.mayBeEmpty()) {
                Scalars.wrong(
                        node,
                        shape.name() + " is a block of keys",
                        "write 'key: value' lines below it, or {key: value}",
                        findings);
            }
            return;
        }
        for (Entry entry : block.entries()) {
            shape.key(entry.key())
                    .ifPresentOrElse(
                            key -> check(entry.value(), key.shape(), "'" + entry.key() + "'"),
                            () -> unknown(entry, shape));
        }
        shape.keys().stream()
                .filter(key -> key.required() && block.entry(key.name()).isEmpty())
                .forEach(key -> missing(node, shape.name(), key.name()));
        shape.choices().forEach(choice -> choice(block, shape.name(), choice));
    }

    private void unknown(Entry entry, BlockShape shape) {
        findings.report(
                Code.YAML_UNKNOWN_KEY,
                entry.place(),
                "unknown key '" + entry.key() + "' in " + shape.name(),
                Spelling.suggest(entry.key(), shape.names(), "known keys: " + String.join(", ", shape.names())));
    }

    private void missing(YamlNode node, String name, String key) {
        findings.report(Code.YAML_MISSING_KEY, node.place(), name + " needs '" + key + "'", "add '" + key + ": …'");
    }

    private void choice(Block block, String name, BlockShape.Choice choice) {
        List<String> there = choice.keys().stream()
                .filter(key -> block.entry(key).isPresent())
                .toList();
        String keys = String.join(", ", choice.keys());
        if (there.isEmpty() && choice.required()) {
            findings.report(Code.YAML_MISSING_KEY, block.place(), name + " needs one of " + keys, "add one of them");
        } else if (there.size() > 1) {
            findings.report(
                    Code.YAML_BAD_VALUE,
                    block.entry(there.get(1)).map(Entry::place).orElse(block.place()),
                    name + " has " + String.join(" and ", there),
                    "keep one of " + keys);
        }
    }

    private static boolean nothing(YamlNode node) {
        return node instanceof Scalar scalar && scalar.kind() == Kind.NULL;
    }
}
