package dev.caravan.sandbox.salesforce.schema;

import dev.caravan.sandbox.salesforce.schema.Field.Size;
import dev.caravan.sandbox.salesforce.schema.Field.Trait;
import dev.caravan.sandbox.spec.FieldKind;
import dev.caravan.sandbox.spec.FieldSpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a workspace's declarations into fields. A declaration of a name that exists replaces that field. */
final class DeclaredFields {

    private DeclaredFields() {}

    static void add(List<Field> fields, List<FieldSpec> declared) {
        for (FieldSpec spec : declared) {
            int at = indexOf(fields, spec.name());
            if (at >= 0) {
                fields.set(at, field(fields.get(at).slot(), spec));
            } else {
                fields.add(field(fields.size(), spec));
            }
        }
    }

    /** A label for a custom name: {@code Lead_Score__c} reads Lead Score. */
    static String label(String name) {
        return name.endsWith("__c") ? name.substring(0, name.length() - 3).replace('_', ' ') : name;
    }

    private static int indexOf(List<Field> fields, String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    private static Field field(int slot, FieldSpec spec) {
        String target = spec.references();
        return new Field(
                slot,
                spec.name(),
                spec.label(),
                type(spec.kind()),
                new Size(spec.length(), spec.precision(), spec.scale(), 0),
                traits(spec),
                spec.values().stream()
                        .map(value -> new Field.Choice(value, value))
                        .toList(),
                target == null ? List.of() : List.of(target),
                target == null ? null : relationship(spec.name()),
                null,
                initial(spec));
    }

    private static String relationship(String name) {
        return name.endsWith("__c") ? name.substring(0, name.length() - 1) + "r" : name.replaceFirst("Id$", "");
    }

    private static @Nullable String initial(FieldSpec spec) {
        String given = spec.defaultValue();
        return given == null && spec.kind() == FieldKind.CHECKBOX ? "false" : given;
    }

    private static Set<Trait> traits(FieldSpec spec) {
        Set<Trait> traits = EnumSet.of(Trait.CREATE, Trait.UPDATE);
        boolean defaulted = initial(spec) != null;
        add(traits, Trait.DEFAULTED, defaulted);
        add(traits, Trait.SHOWN_DEFAULT, defaulted);
        add(traits, Trait.NULLABLE, !spec.required() && spec.kind() != FieldKind.CHECKBOX);
        add(traits, Trait.EXTERNAL_ID, spec.externalId());
        add(traits, Trait.LOOKUP, spec.externalId());
        add(traits, Trait.UNIQUE, spec.unique());
        add(traits, Trait.CASE_SENSITIVE, spec.caseSensitive());
        add(traits, Trait.RESTRICTED, spec.restricted());
        return traits;
    }

    private static void add(Set<Trait> traits, Trait trait, boolean wanted) {
        if (wanted) {
            traits.add(trait);
        }
    }

    private static FieldType type(FieldKind kind) {
        return switch (kind) {
            case TEXT -> FieldType.STRING;
            case TEXTAREA -> FieldType.TEXTAREA;
            case EMAIL -> FieldType.EMAIL;
            case PHONE -> FieldType.PHONE;
            case URL -> FieldType.URL;
            case PICKLIST -> FieldType.PICKLIST;
            case CHECKBOX -> FieldType.BOOLEAN;
            case NUMBER -> FieldType.DOUBLE;
            case CURRENCY -> FieldType.CURRENCY;
            case PERCENT -> FieldType.PERCENT;
            case DATE -> FieldType.DATE;
            case DATETIME -> FieldType.DATETIME;
            case TIME -> FieldType.TIME;
            case LOOKUP -> FieldType.REFERENCE;
        };
    }
}
