package dev.caravan.connector.declared.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caravan.connector.declared.select.Parsed;
import dev.caravan.connector.declared.template.Ground;
import dev.caravan.connector.declared.template.HoleCheck;
import dev.caravan.connector.declared.template.Part;
import dev.caravan.connector.declared.template.Root;
import dev.caravan.connector.declared.template.TemplateParser;
import dev.caravan.connector.declared.template.TextTemplate;
import dev.caravan.connector.declared.template.TreeTemplate;
import dev.caravan.problem.Code;
import dev.caravan.problem.Spelling;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Block;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.YamlNode.Items;
import dev.caravan.yaml.YamlNode.Scalar;
import dev.caravan.yaml.shape.View;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads JSON with holes. */
final class TreeReader {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final TreeTemplate NOTHING = new TreeTemplate.Fixed(NODES.nullNode());

    private final Compiler compiler;
    private final TemplateReader templates;

    TreeReader(Compiler compiler, TemplateReader templates) {
        this.compiler = compiler;
        this.templates = templates;
    }

    TreeTemplate tree(YamlNode node, Ground ground) {
        return switch (node) {
            case Scalar scalar -> leaf(scalar, ground);
            case Items list ->
                new TreeTemplate.Items(
                        list.items().stream().map(item -> tree(item, ground)).toList());
            case Block block when block.entry("each").isPresent() -> each(new View(block), ground);
            case Block block when block.entry("merge").isPresent() -> merged(block, ground);
            case Block block when block.entry("if_field").isPresent() -> given(new View(block), ground);
            case Block block when block.entry("as_text").isPresent() -> nested(block, ground);
            case Block block when block.entry("present").isPresent() -> present(block, ground);
            case Block block when block.entry("complete").isPresent() -> complete(block, ground);
            case Block block when block.entry("names_of").isPresent() -> namesOf(block, ground);
            case Block block when block.entry("list_of").isPresent() -> listOf(block, ground);
            case Block block -> members(block, ground);
        };
    }

    private TreeTemplate.Members members(Block block, Ground ground) {
        return new TreeTemplate.Members(block.entries().stream()
                .map(entry -> new TreeTemplate.Member(name(entry, ground), tree(entry.value(), ground)))
                .toList());
    }

    private TreeTemplate present(Block block, Ground ground) {
        onlyThese(new View(block), List.of("present"));
        return block.entry("present")
                .<TreeTemplate>map(entry -> new TreeTemplate.Present(tree(entry.value(), ground)))
                .orElse(NOTHING);
    }

    private TreeTemplate complete(Block block, Ground ground) {
        onlyThese(new View(block), List.of("complete"));
        YamlNode written = block.entry("complete").<YamlNode>map(Entry::value).orElse(block);
        if (tree(written, ground) instanceof TreeTemplate.Members members) {
            return new TreeTemplate.Complete(members);
        }
        compiler.report(
                Code.CONNECTOR_TEMPLATE,
                written.place(),
                "'complete' is an object with all its members, or nothing",
                "write an object: {complete: {a: \"{{ row.field.a? }}\", b: \"{{ row.field.b? }}\"}}");
        return NOTHING;
    }

    private TreeTemplate listOf(Block block, Ground ground) {
        onlyThese(new View(block), List.of("list_of"));
        YamlNode written = block.entry("list_of").<YamlNode>map(Entry::value).orElse(block);
        if (written instanceof Items list) {
            return new TreeTemplate.Flat(
                    list.items().stream().map(item -> tree(item, ground)).toList());
        }
        compiler.report(
                Code.CONNECTOR_TEMPLATE,
                written.place(),
                "'list_of' puts lists together",
                "write a list: {list_of: [a, {each: batch.fields, item: \"{{ field.name }}\"}]}");
        return NOTHING;
    }

    private TreeTemplate namesOf(Block block, Ground ground) {
        onlyThese(new View(block), List.of("names_of"));
        YamlNode written = block.entry("names_of").<YamlNode>map(Entry::value).orElse(block);
        if (written instanceof Block members) {
            return new TreeTemplate.NamesOf(members(members, ground));
        }
        compiler.report(
                Code.CONNECTOR_TEMPLATE,
                written.place(),
                "'names_of' tells which members there are",
                "write an object: {names_of: {a: \"{{ row.field.a? }}\"}}");
        return NOTHING;
    }

    private TextTemplate name(Entry entry, Ground ground) {
        if (!entry.key().contains("{{")) {
            return TextTemplate.literal(entry.key());
        }
        return switch (TemplateParser.parse(entry.key())) {
            case Parsed.Good<TextTemplate> good -> {
                good.value().holes().forEach(hole -> templates.check(entry.value(), hole, ground, true));
                yield good.value();
            }
            case Parsed.Bad<TextTemplate> bad -> {
                compiler.report(Code.CONNECTOR_TEMPLATE, entry.place(), bad.message(), bad.suggestion());
                yield TextTemplate.literal("");
            }
        };
    }

    private TreeTemplate nested(Block block, Ground ground) {
        onlyThese(new View(block), List.of("as_text"));
        return block.entry("as_text")
                .<TreeTemplate>map(entry -> new TreeTemplate.Nested(tree(entry.value(), ground)))
                .orElse(NOTHING);
    }

    private TreeTemplate given(View view, Ground ground) {
        onlyThese(view, List.of("if_field", "item"));
        need(view, Root.BATCH, "rows", ground);
        String field = view.text("if_field", "");
        if (field.isEmpty() || !view.has("item")) {
            compiler.report(
                    Code.CONNECTOR_TEMPLATE,
                    view.place(),
                    "'if_field' says of which field something is part, and 'item' what",
                    "write {if_field: NAME, item: …}");
            return NOTHING;
        }
        return new TreeTemplate.IfField(
                field, view.node("item").map(node -> tree(node, ground)).orElse(NOTHING));
    }

    private TreeTemplate merged(Block block, Ground ground) {
        onlyThese(new View(block), List.of("merge"));
        YamlNode written = block.entry("merge").<YamlNode>map(Entry::value).orElse(block);
        if (!(written instanceof Items list)) {
            noObject(written);
            return NOTHING;
        }
        List<TreeTemplate> parts = new ArrayList<>();
        for (YamlNode item : list.items()) {
            TreeTemplate part = tree(item, ground);
            if (!isObject(part)) {
                noObject(item);
            }
            parts.add(part);
        }
        return new TreeTemplate.Merged(parts);
    }

    private void noObject(YamlNode node) {
        compiler.report(
                Code.CONNECTOR_TEMPLATE,
                node.place(),
                "'merge' puts objects together",
                "write a list of objects: {merge: [{a: 1}, \"{{ row.fields }}\"]}");
    }

    private static boolean isObject(TreeTemplate part) {
        return switch (part) {
            case TreeTemplate.Members members -> true;
            case TreeTemplate.EachMember each -> true;
            case TreeTemplate.IfField when -> isObject(when.item());
            case TreeTemplate.Merged merged -> true;
            case TreeTemplate.Value value -> HoleCheck.isObject(value.hole());
            case TreeTemplate.Fixed fixed -> fixed.node().isObject();
            case TreeTemplate.Present present -> isObject(present.inside());
            case TreeTemplate.Complete complete -> true;
            case TreeTemplate.NamesOf names -> false;
            case TreeTemplate.Flat flat -> false;
            case TreeTemplate.Text text -> false;
            case TreeTemplate.Items items -> false;
            case TreeTemplate.Each each -> false;
            case TreeTemplate.Nested nested -> false;
        };
    }

    private TreeTemplate each(View view, Ground ground) {
        onlyThese(view, List.of("each", "item", "name", "without"));
        String wanted = view.text("each", "");
        List<String> words = Arrays.stream(TreeTemplate.Of.values())
                .map(TreeTemplate.Of::text)
                .toList();
        Optional<TreeTemplate.Of> of = Arrays.stream(TreeTemplate.Of.values())
                .filter(one -> one.text().equals(wanted))
                .findFirst();
        if (of.isEmpty() || !view.has("item")) {
            compiler.report(
                    Code.CONNECTOR_TEMPLATE,
                    view.place(),
                    of.isEmpty() ? "nothing can be made of each '" + wanted + "'" : "a list that does not say of what",
                    of.isEmpty()
                            ? Spelling.suggest(wanted, words, "write one of " + String.join(", ", words))
                            : "add 'item: …'");
            return NOTHING;
        }
        templates.name("each " + wanted);
        Set<String> without = without(view, of.get());
        Ground inside = inside(view, of.get(), ground);
        TreeTemplate item = view.node("item").map(node -> tree(node, inside)).orElse(NOTHING);
        return view.node("name")
                .flatMap(node -> templates.text(node, inside))
                .<TreeTemplate>map(name -> new TreeTemplate.EachMember(of.get(), without, name, item))
                .orElseGet(() -> new TreeTemplate.Each(of.get(), without, item));
    }

    private Set<String> without(View view, TreeTemplate.Of of) {
        if (view.has("without") && of == TreeTemplate.Of.ROWS) {
            compiler.report(
                    Code.CONNECTOR_TEMPLATE,
                    view.placeOf("without"),
                    "'without' leaves out fields, and these are rows",
                    "write it beside each: row.fields");
        }
        return view.texts("without").stream().map(Located::value).collect(Collectors.toUnmodifiableSet());
    }

    private Ground inside(View view, TreeTemplate.Of of, Ground ground) {
        return switch (of) {
            case ROWS -> {
                need(view, Root.BATCH, "rows", ground);
                yield ground.with(Root.ROW, Root.ROW_FIELD);
            }
            case ROW_FIELDS, ROW_VALUES -> {
                need(view, Root.ROW, "a row", ground);
                yield ground.with(Root.FIELD);
            }
            case BATCH_FIELDS -> {
                need(view, Root.BATCH, "rows", ground);
                yield ground.with(Root.FIELD);
            }
        };
    }

    private void need(View view, Root root, String what, Ground ground) {
        if (!ground.knows(root)) {
            compiler.report(
                    Code.CONNECTOR_TEMPLATE,
                    view.place(),
                    "there is " + what + " nowhere near",
                    "write it inside each: rows");
        }
    }

    private void onlyThese(View view, List<String> keys) {
        view.block().entries().stream()
                .filter(entry -> !keys.contains(entry.key()))
                .forEach(entry -> compiler.report(
                        Code.YAML_UNKNOWN_KEY,
                        entry.place(),
                        "unknown key '" + entry.key() + "' beside '" + keys.getFirst() + "'",
                        Spelling.suggest(entry.key(), Set.copyOf(keys), "known keys: " + String.join(", ", keys))));
    }

    private TreeTemplate leaf(Scalar scalar, Ground ground) {
        return switch (scalar.kind()) {
            case TEXT -> text(scalar, ground);
            case INTEGER, DECIMAL -> new TreeTemplate.Fixed(number(scalar.text()));
            case BOOLEAN -> new TreeTemplate.Fixed(NODES.booleanNode(Boolean.parseBoolean(scalar.text())));
            case NULL -> NOTHING;
        };
    }

    private static JsonNode number(String text) {
        BigDecimal number = new BigDecimal(text);
        return number.scale() <= 0 && number.precision() < 18
                ? NODES.numberNode(number.longValueExact())
                : NODES.numberNode(number);
    }

    private TreeTemplate text(Scalar scalar, Ground ground) {
        return switch (TemplateParser.parse(scalar.text())) {
            case Parsed.Good<TextTemplate> good
            when alone(good.value()) -> {
                Part.Filled filled = (Part.Filled) good.value().parts().getFirst();
                templates.check(scalar, filled.hole(), ground, false);
                yield new TreeTemplate.Value(filled.hole());
            }
            case Parsed.Good<TextTemplate> good -> {
                good.value().holes().forEach(hole -> templates.check(scalar, hole, ground, true));
                yield good.value().isLiteral()
                        ? new TreeTemplate.Fixed(NODES.textNode(scalar.text()))
                        : new TreeTemplate.Text(good.value());
            }
            case Parsed.Bad<TextTemplate> bad -> {
                compiler.report(
                        Code.CONNECTOR_TEMPLATE, Compiler.at(scalar, bad.offset()), bad.message(), bad.suggestion());
                yield NOTHING;
            }
        };
    }

    private static boolean alone(TextTemplate template) {
        return template.parts().size() == 1 && template.parts().getFirst() instanceof Part.Filled;
    }
}
