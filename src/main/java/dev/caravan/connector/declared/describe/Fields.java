package dev.caravan.connector.declared.describe;

import dev.caravan.connector.declared.select.Condition;
import dev.caravan.connector.declared.select.Selector;
import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.DescribeSpec;
import dev.caravan.connector.declared.spec.FieldSpec;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Fields out of a declaration or a description. What can identify a record is unique, since nothing tells them apart. */
final class Fields {

    private Fields() {}

    static TargetField of(FieldSpec field) {
        return new TargetField(
                field.name(),
                field.kind(),
                field.length(),
                0,
                0,
                field.writable(),
                field.writable(),
                !field.required(),
                field.required(),
                field.key(),
                field.key(),
                field.ignoreCase(),
                field.values(),
                field.maxAge().map(Duration::toSeconds).orElse(0L),
                "");
    }

    /** The field that a node describes; empty if it has no name. */
    static Optional<TargetField> read(DescribeSpec.Asked asked, Subject node) {
        Optional<String> name = text(asked.name(), node).filter(text -> !text.isBlank());
        boolean writable = asked.writable().map(when -> when.holds(node)).orElse(true);
        boolean key = holds(asked.key(), node);
        boolean required = holds(asked.required(), node);
        return name.map(field -> new TargetField(
                field,
                text(asked.type(), node).map(asked.kinds()::get).orElse(Kind.OTHER),
                asked.length().flatMap(at -> text(at, node)).map(Fields::length).orElse(0),
                0,
                0,
                writable,
                writable,
                true,
                required,
                key,
                key,
                holds(asked.ignoreCase(), node),
                asked.values()
                        .map(at -> at.texts(node.found(), node.variables()))
                        .orElse(List.of())));
    }

    /** The same field as one that identifies a record by itself. */
    static TargetField keyed(TargetField field) {
        return new TargetField(
                field.name(),
                field.kind(),
                field.length(),
                field.precision(),
                field.scale(),
                field.createable(),
                field.updateable(),
                field.nillable(),
                field.requiredOnCreate(),
                true,
                true,
                field.ignoreCase(),
                field.values(),
                field.maxAgeSeconds(),
                field.nativeType());
    }

    private static boolean holds(Optional<Condition> condition, Subject node) {
        return condition.map(when -> when.holds(node)).orElse(false);
    }

    private static Optional<String> text(Selector at, Subject node) {
        return at.text(node.found(), node.variables());
    }

    private static int length(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }
}
