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
     * Checks a value with all below it. What is not what it is to be is refused, so that no reader takes it.
     *
     * @param name what it is, for messages
     */
    public void check(YamlNode node, Shape shape, String name) {
        switch (shape) {
            case Shape.Inside inside -> block(node, inside.block().get());
            case Shape.Tagged tagged -> tagged(node, tagged, name);
            case Shape.Names names -> names(node, names, name);
            case Shape.Items items -> items(node, items, name);
            case Shape.OneOrMore more when node instanceof Items -> items(node, new Shape.Items(more.item(), 1), name);
            case Shape.OneOrMore more -> check(node, more.item(), name);
            case Shape.Either either -> either(node, either.shapes(), name);
            case Shape.All all -> all(node, all.shapes(), name);
            case Shape.Worded worded -> worded(node, worded, name);
            case Shape.Single single -> single(node, single, name);
        }
    }

    private void all(YamlNode node, List<Shape> shapes, String name) {
        int before = findings.count();
        for (Shape shape : shapes) {
            if (findings.count() == before) {
                check(node, shape, name);
            }
        }
    }

    private void worded(YamlNode node, Shape.Worded worded, String name) {
        Findings inner = new Findings();
        new ShapeCheck(inner).check(node, worded.shape(), name);
        if (!inner.none()) {
            String text = node instanceof Scalar scalar ? scalar.text() : node.kindName();
            String message = worded.message().replace("{name}", name).replace("{text}", text);
            findings.report(worded.code(), node.place(), message, worded.hint());
            findings.refuse(node);
        }
    }

    private void single(YamlNode node, Shape.Single shape, String name) {
        int before = findings.count();
        switch (shape) {
            case Shape.Text text when text.what().isEmpty() -> Scalars.text(node, name, findings);
            case Shape.Text text -> Scalars.text(node, name + ", " + text.what() + ",", findings);
            case Shape.Like like -> like(node, like, name);
            case Shape.Written written -> written(node, written, name);
            case Shape.Value value -> Scalars.value(node, name, findings);
            case Shape.Scalar scalar -> scalar(node, name);
            case Shape.Words words -> word(node, words, name);
            case Shape.Flag flag -> Scalars.flag(node, name, findings);
            case Shape.Whole whole -> Scalars.whole(node, name, whole.min(), whole.max(), findings);
            case Shape.Decimal number -> Scalars.number(node, name, number.positive(), findings);
            case Shape.Share share -> Scalars.share(node, name, findings);
            case Shape.Amount amount -> amount(node, amount.unit(), name);
            case Shape.Nothing nothing -> nothing(node, name);
            case Shape.Anything any -> {}
        }
        if (findings.count() > before) {
            findings.refuse(node);
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

    private void written(YamlNode node, Shape.Written written, String name) {
        Scalars.text(node, name, findings)
                .filter(text -> !text.value().matches(written.pattern()))
                .ifPresent(text -> Scalars.bad(
                        node, name + " cannot be '" + text.value() + "'", "write " + written.what(), findings));
    }

    private void nothing(YamlNode node, String name) {
        if (!isNothing(node)) {
            Scalars.wrong(node, name + " is empty", "write null", findings);
        }
    }

    private void amount(YamlNode node, Shape.Unit unit, String name) {
        String text = node instanceof Scalar scalar ? scalar.text() : "";
        if (!text.matches(unit.pattern())) {
            findings.report(
                    unit.code(),
                    node.place(),
                    name + " is " + unit.words() + ", this is " + Scalars.shown(node),
                    unit.hint());
        }
    }

    private void scalar(YamlNode node, String name) {
        if (!(node instanceof Scalar)) {
            Scalars.wrong(node, name + " is a single value", "write a text, a number, true or false", findings);
        }
    }

    private void word(YamlNode node, Shape.Words shape, String name) {
        List<String> words = shape.words();
        String otherwise = "choose one of " + String.join(", ", words);
        Scalars.text(node, name, findings)
                .filter(text -> !words.contains(text.value()))
                .ifPresent(text -> {
                    if (shape.later().contains(text.value())) {
                        String message = "'" + text.value() + "' is not supported yet";
                        findings.report(Code.YAML_UNSUPPORTED, node.place(), message, otherwise);
                        return;
                    }
                    if (shape.elsewhere().containsKey(text.value())) {
                        String ours = "write " + shape.elsewhere().get(text.value());
                        Scalars.bad(node, name + " '" + text.value() + "' has another name", ours, findings);
                        return;
                    }
                    String hint = Spelling.suggest(text.value(), words, otherwise);
                    Scalars.bad(node, name + " cannot be '" + text.value() + "'", hint, findings);
                });
    }

    private void items(YamlNode node, Shape.Items shape, String name) {
        if (!(node instanceof Items list)) {
            Scalars.wrong(node, name + " is a list", "write [a, b], or '- a' lines below it", findings);
            findings.refuse(node);
            return;
        }
        if (list.items().size() < shape.least()) {
            Scalars.bad(node, name + " needs at least " + shape.least() + " entry", "write it", findings);
            findings.refuse(node);
        }
        if (tooMany(node, list.items().size(), shape.most(), name)) {
            return;
        }
        list.items().forEach(item -> check(item, shape.item(), "an entry of " + name));
    }

    private boolean tooMany(YamlNode node, int size, int most, String name) {
        if (size > most) {
            String message = name + " has " + size + " entries, at most " + most + " are read";
            findings.report(Code.YAML_TOO_LARGE, node.place(), message, "leave some out");
            findings.refuse(node);
        }
        return size > most;
    }

    private void names(YamlNode node, Shape.Names shape, String name) {
        if (isNothing(node) && shape.least() == 0) {
            return;
        }
        if (!(node instanceof Block block)) {
            Scalars.wrong(node, name + " is a block of names", "write 'name: value' lines below it", findings);
            findings.refuse(node);
            return;
        }
        if (block.entries().size() < shape.least()) {
            Scalars.bad(node, name + " is empty", "write {" + shape.what() + "}", findings);
        }
        if (!tooMany(node, block.entries().size(), Shape.MOST, name)) {
            block.entries().forEach(entry -> {
                shape.name().ifPresent(form -> named(entry, form));
                check(entry.value(), shape.value(), "'" + entry.key() + "'");
            });
        }
    }

    private void named(Entry entry, Shape.NameForm form) {
        if (!entry.key().matches(form.pattern())) {
            String message = "'" + entry.key() + "' cannot " + form.what();
            findings.report(Code.YAML_BAD_VALUE, entry.place(), message, form.hint());
        }
    }

    private void tagged(YamlNode node, Shape.Tagged shape, String name) {
        if (!(node instanceof Block block)) {
            String hint = "write {" + shape.key() + ": …}";
            Scalars.wrong(node, name + " is a block of keys", hint, findings);
            findings.refuse(node);
            return;
        }
        List<String> words = shape.blocks().keySet().stream().sorted().toList();
        Optional<Entry> tag = block.entry(shape.key());
        if (tag.isEmpty()) {
            missing(node, name, shape.key());
            return;
        }
        check(tag.get().value(), new Shape.Words(words), "'" + shape.key() + "'");
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
            findings.refuse(node);
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
            case Shape.All all -> fits(node, all.shapes().getFirst());
            case Shape.Worded worded when worded.shape() instanceof Shape.Written -> node instanceof Scalar;
            case Shape.Worded worded -> fits(node, worded.shape());
            case Shape.Nothing nothing -> isNothing(node);
            case Shape.Written written ->
                node instanceof Scalar scalar && scalar.text().matches(written.pattern());
            case Shape.Single single -> node instanceof Scalar;
        };
    }

    private static String kind(Shape shape) {
        return switch (shape) {
            case Shape.Inside inside -> inside.block().get().name();
            case Shape.Items items -> "a list";
            case Shape.Names names -> "a block of names";
            case Shape.Tagged tagged -> tagged.what();
            case Shape.OneOrMore more -> kind(more.item());
            case Shape.All all -> kind(all.shapes().getFirst());
            case Shape.Worded worded -> kind(worded.shape());
            case Shape.Either either ->
                either.shapes().stream().map(ShapeCheck::kind).collect(Collectors.joining(" or "));
            case Shape.Text text -> text.what();
            case Shape.Like like -> like.what();
            case Shape.Written written -> written.what();
            case Shape.Value value -> value.what();
            case Shape.Words words -> "one of " + String.join(", ", words.words());
            case Shape.Amount amount -> amount.unit().words();
            case Shape.Flag flag -> "true or false";
            case Shape.Whole whole -> "a whole number";
            case Shape.Decimal number -> "a number";
            case Shape.Share share -> "a share";
            case Shape.Nothing nothing -> "nothing";
            case Shape.Scalar scalar -> "a single value";
            case Shape.Anything any -> any.what();
        };
    }

    private void block(YamlNode node, BlockShape shape) {
        if (!(node instanceof Block block)) {
            if (!isNothing(node) || !shape.mayBeEmpty()) {
                Scalars.wrong(
                        node,
                        shape.name() + " is a block of keys",
                        "write 'key: value' lines below it, or {key: value}",
                        findings);
                findings.refuse(node);
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
        int before = findings.count();
        shape.choices().forEach(choice -> choice(block, shape, choice));
        if (findings.count() == before) {
            shape.needs().forEach(need -> need(block, need));
        }
    }

    private void need(Block block, BlockShape.Need need) {
        if (block.entry(need.other()).isEmpty()) {
            block.entry(need.key())
                    .ifPresent(entry -> findings.report(
                            Code.YAML_MISSING_KEY,
                            entry.value().place(),
                            "'" + need.key() + "' goes with '" + need.other() + "', which is missing",
                            "add '" + need.other() + ": …', or leave '" + need.key() + "' out"));
        }
    }

    private void unknown(Entry entry, BlockShape shape) {
        if (shape.later().contains(entry.key())) {
            String message = "'" + entry.key() + "' is not supported yet";
            findings.report(Code.YAML_UNSUPPORTED, entry.place(), message, "remove it for now");
            return;
        }
        Optional<Shape> other = shape.others().filter(each -> fits(entry.value(), each));
        if (other.isPresent()) {
            check(entry.value(), other.get(), "'" + entry.key() + "'");
            return;
        }
        findings.report(
                Code.YAML_UNKNOWN_KEY,
                entry.place(),
                "unknown key '" + entry.key() + "' in " + shape.name(),
                Spelling.suggest(entry.key(), shape.names(), "known keys: " + String.join(", ", shape.names())));
    }

    private void missing(YamlNode node, String name, String key) {
        findings.report(Code.YAML_MISSING_KEY, node.place(), name + " needs '" + key + "'", "add '" + key + ": …'");
    }

    private void choice(Block block, BlockShape shape, BlockShape.Choice choice) {
        List<Entry> there = block.entries().stream()
                .filter(entry -> choice.keys().contains(entry.key()))
                .toList();
        String keys = String.join(", ", choice.keys());
        // What is misspelt or not built yet was told: one mistake is one problem.
        boolean told = block.entries().stream()
                .anyMatch(entry -> shape.key(entry.key()).isEmpty());
        if (there.isEmpty() && choice.required() && !told) {
            String message = shape.name() + " needs one of " + keys;
            findings.report(Code.YAML_MISSING_KEY, block.place(), message, "add one of them");
        } else if (there.size() > 1) {
            String found = choice.keys().stream()
                    .filter(key -> block.entry(key).isPresent())
                    .collect(Collectors.joining(" and "));
            String message = shape.name() + " has " + found;
            findings.report(choice.twice(), there.get(1).place(), message, "keep one of " + keys);
        }
    }

    private static boolean isNothing(YamlNode node) {
        return node instanceof Scalar scalar && scalar.kind() == Kind.NULL;
    }
}
