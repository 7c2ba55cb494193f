package dev.caravan.connector.declared.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Fills trees. */
final class Trees {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Fill fill;

    Trees(Fill fill) {
        this.fill = fill;
    }

    Optional<JsonNode> fill(TreeTemplate template) {
        return switch (template) {
            case TreeTemplate.Fixed fixed -> Optional.of(fixed.node());
            case TreeTemplate.Value value -> value(value.hole());
            case TreeTemplate.Text text -> fill.text(text.text()).map(NODES::textNode);
            case TreeTemplate.Nested nested ->
                new Trees(fill).fill(nested.tree()).map(node -> NODES.textNode(node.toString()));
            case TreeTemplate.Merged merged -> Optional.of(merged(merged));
            case TreeTemplate.IfField when -> fill.scope().has(when.field()) ? fill(when.item()) : Optional.empty();
            case TreeTemplate.Flat flat -> Optional.of(flat(flat));
            case TreeTemplate.Present present ->
                fill(present.inside()).filter(node -> !node.isContainerNode() || !node.isEmpty());
            case TreeTemplate.Complete complete ->
                Optional.<JsonNode>of(object(complete.members()))
                        .filter(node ->
                                node.size() == complete.members().members().size()
                                        && node.properties().stream().noneMatch(member -> isBlank(member.getValue())));
            case TreeTemplate.NamesOf names -> Optional.of(NODES.textNode(String.join(",", names(names))));
            case TreeTemplate.Members members -> Optional.of(object(members));
            case TreeTemplate.Items items -> Optional.of(list(items.items()));
            case TreeTemplate.Each each -> {
                ArrayNode list = NODES.arrayNode();
                each(each.of(), each.without())
                        .forEach(scope -> in(scope).fill(each.item()).ifPresent(list::add));
                yield Optional.of(list);
            }
            case TreeTemplate.EachMember each -> {
                ObjectNode object = NODES.objectNode();
                each(each.of(), each.without()).forEach(scope -> in(scope).member(object, each.name(), each.item()));
                yield Optional.of(object);
            }
        };
    }

    private static boolean isBlank(JsonNode node) {
        return node.isNull() || (node.isTextual() && node.textValue().isBlank());
    }

    private Stream<Scope> each(TreeTemplate.Of of, Set<String> without) {
        return fill.scope().each(of).stream()
                .filter(scope -> !(scope instanceof FieldScope field && without.contains(field.name())));
    }

    private Trees in(Scope scope) {
        return new Trees(fill.in(scope));
    }

    private ObjectNode object(TreeTemplate.Members members) {
        ObjectNode object = NODES.objectNode();
        members.members().forEach(member -> member(object, member.name(), member.value()));
        return object;
    }

    private ArrayNode flat(TreeTemplate.Flat flat) {
        ArrayNode list = NODES.arrayNode();
        list(flat.parts()).forEach(part -> {
            if (part.isArray()) {
                part.forEach(list::add);
            } else {
                list.add(part);
            }
        });
        return list;
    }

    private List<String> names(TreeTemplate.NamesOf names) {
        List<String> there = new ArrayList<>();
        object(names.members()).fieldNames().forEachRemaining(there::add);
        return there;
    }

    private ObjectNode merged(TreeTemplate.Merged merged) {
        ObjectNode object = NODES.objectNode();
        merged.parts()
                .forEach(part -> fill(part)
                        .ifPresent(node -> node.properties()
                                .forEach(member -> object.putIfAbsent(member.getKey(), member.getValue()))));
        return object;
    }

    /** A second one of the same name would take the first one's place, and be told as written for both. */
    private void member(ObjectNode into, TextTemplate name, TreeTemplate value) {
        fill.text(name)
                .ifPresent(key -> fill(value).ifPresent(node -> {
                    if (into.has(key)) {
                        fill.fault("what it would be called here is another one's name already");
                    } else {
                        into.set(key, node);
                    }
                }));
    }

    private ArrayNode list(List<TreeTemplate> items) {
        ArrayNode list = NODES.arrayNode();
        items.forEach(item -> fill(item).ifPresent(list::add));
        return list;
    }

    private Optional<JsonNode> value(Hole hole) {
        JsonNode node = switch (fill.datum(hole)) {
            case Datum.Absent absent -> NODES.missingNode();
            case Datum.One one -> Json.of(one.value());
            case Datum.Fields fields -> Json.of(fields);
            case Datum.Tree tree -> tree.node();
            case Datum.Names names -> {
                ArrayNode list = NODES.arrayNode();
                names.names().forEach(list::add);
                yield list;
            }
        };
        if (!Json.whole(node)) {
            fill.fault(hole.ref(), "half a character");
        }
        return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    }
}
