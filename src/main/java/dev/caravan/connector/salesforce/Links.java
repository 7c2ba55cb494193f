package dev.caravan.connector.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.connector.salesforce.wire.Api;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetReference;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The names of a mapping that go through a relationship, held against an object's description. A name whose relationship the object
 * lacks is left out, as any unknown field is; one that could not be sent as it is meant is refused here, where that can be explained.
 */
final class Links {

    private final String object;
    private final JsonNode description;
    private final Set<String> mapped;
    private final List<Link> links = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    /** A name and the reference that it fills, which leads to records of the target. */
    private record Link(LinkName name, JsonNode reference, String target) {
        String field() {
            return reference.path("name").asText();
        }
    }

    Links(String object, JsonNode description, Set<String> mapped) {
        this.object = object;
        this.description = description;
        this.mapped = new TreeSet<>(mapped);
        this.mapped.forEach(field -> LinkName.of(field).ifPresent(this::resolve));
        contradictions();
    }

    /** Why one of the names cannot be used; empty if all can. */
    Optional<Problem> problem() {
        return problems.stream().findFirst();
    }

    /** Other objects that must be described to describe the links. */
    Set<String> targets() {
        return links.stream()
                .filter(link -> !link.name().recordType())
                .map(Link::target)
                .filter(target -> !target.equals(object))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The object with its links, or why one of them is none. */
    Result with(Map<String, JsonNode> described) {
        Map<String, JsonNode> known = new HashMap<>(described);
        known.put(object, description);
        Set<String> filled = links.stream().map(Link::field).collect(Collectors.toSet());
        List<TargetField> fields = new ArrayList<>();
        list(description.path("fields"))
                .forEach(field -> fields.add(
                        Fields.own(field, filled.contains(field.path("name").asText()))));
        List<TargetReference> references = new ArrayList<>();
        for (Link link : links) {
            if (link.name().recordType()) {
                recordTypes(link, fields, references);
                continue;
            }
            JsonNode target = known.getOrDefault(link.target(), description);
            Optional<JsonNode> key = field(target, "name", link.name().key());
            if (key.isPresent() && !Fields.isKey(key.get())) {
                return new Result.Refused(noKey(link));
            }
            key.ifPresent(found -> {
                fields.add(Fields.link(link.name().name(), link.reference(), found));
                references.add(byKey(link));
            });
        }
        return new Result.Known(new TargetSchema(
                object, fields, List.of(), false, Optional.empty(), references, Locks.of(description, references)));
    }

    /** What came of it. */
    sealed interface Result {
        record Known(TargetSchema schema) implements Result {}

        record Refused(Problem problem) implements Result {}
    }

    private void resolve(LinkName name) {
        Optional<JsonNode> reference = field(description, "relationshipName", name.relationship());
        if (reference.isEmpty()) {
            return;
        }
        List<String> targets = list(reference.get().path("referenceTo")).stream()
                .map(JsonNode::asText)
                .filter(Api::isName)
                .toList();
        boolean several = targets.size() > 1;
        if (several != name.object().isPresent()) {
            problems.add(problem(
                    name,
                    several ? "may lead to records of several objects" : "leads to records of one object alone",
                    "write "
                            + targets.stream()
                                    .map(target ->
                                            (several ? target + ":" : "") + name.relationship() + "." + name.key())
                                    .collect(Collectors.joining(" or "))));
            return;
        }
        String target = name.object().orElseGet(() -> targets.isEmpty() ? "" : targets.getFirst());
        if (!targets.contains(target)) {
            problems.add(problem(
                    name, "does not lead to records of " + target, "it leads to " + String.join(", ", targets)));
        } else {
            links.add(new Link(name, reference.get(), target));
        }
    }

    /** Two names for one reference: which of them should win, nobody has said. */
    private void contradictions() {
        Map<String, List<String>> fillers = new TreeMap<>();
        links.forEach(link -> fillers.computeIfAbsent(link.field(), any -> new ArrayList<>())
                .add(link.name().name()));
        fillers.forEach((field, names) -> {
            if (mapped.contains(field)) {
                names.add(field);
            }
            if (names.size() > 1) {
                problems.add(Problem.of(
                        Code.TARGET_LOOKUP,
                        object + "." + String.join(" and " + object + ".", names) + " fill the same reference",
                        "keep one of them"));
            }
        });
    }

    private static TargetReference byKey(Link link) {
        return new TargetReference.ByKey(
                link.name().name(),
                link.field(),
                link.name().relationship(),
                link.name().object(),
                link.name().key());
    }

    /** The record types in use; the master is what a record has that has none of them. */
    private void recordTypes(Link link, List<TargetField> fields, Collection<TargetReference> references) {
        Map<String, String> ids = new TreeMap<>();
        for (JsonNode type : description.path("recordTypeInfos")) {
            String name = type.path("developerName").asText("");
            String id = type.path("recordTypeId").asText("");
            boolean usable = type.path("active").asBoolean(true)
                    && type.path("available").asBoolean(true)
                    && !type.path("master").asBoolean(false);
            if (usable && Api.isName(name) && Api.isId(id)) {
                ids.put(name, id);
            }
        }
        if (!ids.isEmpty()) {
            fields.add(Fields.named(link.name().name(), link.reference(), List.copyOf(ids.keySet())));
            references.add(new TargetReference.ByName(link.name().name(), link.field(), ids));
        }
    }

    private Problem noKey(Link link) {
        return problem(
                link.name(),
                "goes by a field of " + link.target() + " that is no external id",
                "make " + link.target() + "." + link.name().key() + " an external id, or use one that is");
    }

    private Problem problem(LinkName name, String what, String advice) {
        return Problem.of(Code.TARGET_LOOKUP, object + "." + name.name() + " " + what, advice);
    }

    private static Optional<JsonNode> field(JsonNode description, String property, String value) {
        return list(description.path("fields")).stream()
                .filter(field -> field.path(property).asText("").equals(value))
                .findFirst();
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
