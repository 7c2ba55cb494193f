package dev.caravan.connector.declared.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.row.Value;
import dev.caravan.row.WholeText;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fills trees, piece by piece into a sink. */
final class Trees {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Fill fill;
    private final Sink sink;

    Trees(Fill fill, Sink sink) {
        this.fill = fill;
        this.sink = sink;
    }

    /** As a tree of its own; empty if nothing is there. */
    static Optional<JsonNode> tree(Fill fill, TreeTemplate template) {
        Sink.Nodes nodes = new Sink.Nodes();
        return new Trees(fill, nodes).fill(template) ? nodes.whole() : Optional.empty();
    }

    /** False where nothing is there, and nothing was written. */
    boolean fill(TreeTemplate template) {
        return switch (template) {
            case TreeTemplate.Fixed fixed -> node(fixed.node());
            case TreeTemplate.Value value -> value(value.hole());
            case TreeTemplate.Text text ->
                fill.text(text.text()).filter(this::text).isPresent();
            case TreeTemplate.Nested nested ->
                tree(fill, nested.tree()).filter(node -> text(node.toString())).isPresent();
            case TreeTemplate.Merged merged -> node(merged(merged));
            case TreeTemplate.IfField when -> fill.scope().has(when.field()) && fill(when.item());
            case TreeTemplate.Flat flat -> flat(flat);
            case TreeTemplate.Present present ->
                tree(fill, present.inside())
                        .filter(node -> !node.isContainerNode() || !node.isEmpty())
                        .filter(this::node)
                        .isPresent();
            case TreeTemplate.Complete complete ->
                tree(fill, complete.members())
                        .filter(node -> isComplete(complete, node))
                        .filter(this::node)
                        .isPresent();
            case TreeTemplate.NamesOf names -> text(String.join(",", names(names)));
            case TreeTemplate.Members members -> object(members);
            case TreeTemplate.Items items -> list(items.items());
            case TreeTemplate.Each each -> {
                sink.beginList();
                each(each.of(), each.without()).forEach(scope -> in(scope).fill(each.item()));
                sink.end();
                yield true;
            }
            case TreeTemplate.EachMember each -> {
                Set<String> taken = new HashSet<>();
                sink.beginObject();
                each(each.of(), each.without()).forEach(scope -> in(scope).member(taken, each.name(), each.item()));
                sink.end();
                yield true;
            }
        };
    }

    private boolean text(String text) {
        sink.text(text);
        return true;
    }

    private boolean node(JsonNode node) {
        sink.node(node);
        return true;
    }

    private static boolean isComplete(TreeTemplate.Complete complete, JsonNode node) {
        return node.size() == complete.members().members().size()
                && node.properties().stream().noneMatch(member -> isBlank(member.getValue()));
    }

    private static boolean isBlank(JsonNode node) {
        return node.isNull() || (node.isTextual() && node.textValue().isBlank());
    }

    private List<Scope> each(TreeTemplate.Of of, Set<String> without) {
        List<Scope> all = fill.scope().each(of);
        return without.isEmpty()
                ? all
                : all.stream()
                        .filter(scope -> !(scope instanceof FieldScope field && without.contains(field.name())))
                        .toList();
    }

    private Trees in(Scope scope) {
        return new Trees(fill.in(scope), sink);
    }

    private boolean object(TreeTemplate.Members members) {
        Set<String> taken = new HashSet<>(members.members().size() * 2);
        sink.beginObject();
        members.members().forEach(member -> member(taken, member.name(), member.value()));
        sink.end();
        return true;
    }

    /** A second one of the same name would take the first one's place, and be told as written for both. */
    private void member(Set<String> taken, TextTemplate name, TreeTemplate value) {
        Optional<String> key = fill.text(name);
        if (key.isEmpty()) {
            return;
        }
        sink.name(key.get());
        if (!fill(value)) {
            sink.noValue();
        } else if (!taken.add(key.get())) {
            fill.fault("what it would be called here is another one's name already");
        }
    }

    private boolean flat(TreeTemplate.Flat flat) {
        sink.beginList();
        for (TreeTemplate part : flat.parts()) {
            tree(fill, part).ifPresent(node -> {
                if (node.isArray()) {
                    node.forEach(sink::node);
                } else {
                    sink.node(node);
                }
            });
        }
        sink.end();
        return true;
    }

    private List<String> names(TreeTemplate.NamesOf names) {
        return tree(fill, names.members()).stream()
                .flatMap(node -> node.properties().stream())
                .map(Map.Entry::getKey)
                .toList();
    }

    private ObjectNode merged(TreeTemplate.Merged merged) {
        ObjectNode object = NODES.objectNode();
        merged.parts()
                .forEach(part -> tree(fill, part)
                        .ifPresent(node -> node.properties()
                                .forEach(member -> object.putIfAbsent(member.getKey(), member.getValue()))));
        return object;
    }

    private boolean list(List<TreeTemplate> items) {
        sink.beginList();
        items.forEach(this::fill);
        sink.end();
        return true;
    }

    private boolean value(Hole hole) {
        switch (fill.datum(hole)) {
            case Datum.Absent absent -> {
                return false;
            }
            case Datum.One one -> one(hole, one.value());
            case Datum.Fields fields -> {
                sink.beginObject();
                fields.values().forEach((name, value) -> {
                    sink.name(name);
                    one(hole, value);
                });
                sink.end();
            }
            case Datum.Tree tree -> whole(hole, tree.node());
            case Datum.Names names -> {
                sink.beginList();
                names.names().forEach(sink::text);
                sink.end();
            }
        }
        return true;
    }

    private void one(Hole hole, Value value) {
        if (value instanceof Value.Text text) {
            if (!WholeText.is(text.value())) {
                fill.fault(hole.ref(), "half a character");
            }
            sink.text(text.value());
        } else {
            whole(hole, Json.of(value));
        }
    }

    private void whole(Hole hole, JsonNode node) {
        if (!Json.whole(node)) {
            fill.fault(hole.ref(), "half a character");
        }
        sink.node(node);
    }
}
