package dev.caravan.sandbox.salesforce.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.salesforce.schema.Field.Trait;
import dev.caravan.sandbox.salesforce.schema.FieldType.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Renders an object as {@code GET /sobjects/X/describe} does. The keys are those of recorded describes; child
 * relationships, layouts and list views are left empty, since nothing that writes data reads them.
 */
public final class Describe {

    private static final List<String> NEVER = List.of(
            "autoNumber",
            "calculated",
            "cascadeDelete",
            "dependentPicklist",
            "deprecatedAndHidden",
            "displayLocationInDecimal",
            "encrypted",
            "highScaleNumber",
            "htmlFormatted",
            "restrictedDelete",
            "writeRequiresMasterRead");
    private static final List<String> NOTHING = List.of(
            "calculatedFormula",
            "controllerName",
            "defaultValueFormula",
            "filteredLookupInfo",
            "inlineHelpText",
            "mask",
            "maskType",
            "referenceTargetField",
            "relationshipOrder");

    private Describe() {}

    /** The full description of an object, at the API version asked. */
    public static ObjectNode object(SObject object, String version) {
        ObjectNode json = brief(object, version);
        json.putArray("childRelationships");
        ArrayNode fields = json.putArray("fields");
        object.fields().forEach(field -> fields.add(field(field)));
        recordTypes(json.putArray("recordTypeInfos"), object, version);
        json.putArray("supportedScopes");
        return json;
    }

    // The master comes last, and is nobody's default where there are others. Developer names are there since version
    // 43.
    private static void recordTypes(ArrayNode json, SObject object, String version) {
        List<RecordType> types = new ArrayList<>(object.recordTypes());
        types.add(RecordType.MASTER);
        for (RecordType type : types) {
            ObjectNode info = json.addObject()
                    .put("active", true)
                    .put("available", true)
                    .put("defaultRecordTypeMapping", type.equals(types.getFirst()))
                    .put("master", type.equals(RecordType.MASTER))
                    .put("name", type.developerName().replace('_', ' '))
                    .put("recordTypeId", type.id());
            if (version.compareTo("v43") >= 0) {
                info.put("developerName", type.developerName());
            }
        }
    }

    /** The object's entry in {@code GET /sobjects}, without fields. */
    public static ObjectNode brief(SObject object, String version) {
        String url = "/services/data/" + version + "/sobjects/" + object.name();
        boolean writable = object.fields().stream().anyMatch(field -> field.is(Trait.CREATE));
        ObjectNode json = Json.object()
                .put("name", object.name())
                .put("label", object.label())
                .put("labelPlural", object.label() + "s")
                .put("keyPrefix", object.prefix())
                .put("custom", object.custom())
                .put("createable", writable)
                .put("updateable", writable)
                .put("deletable", writable)
                .put("undeletable", writable)
                .put("queryable", true)
                .put("retrieveable", true)
                .put("searchable", true)
                .put("triggerable", true)
                .put("replicateable", true)
                .put("customSetting", false)
                .put("deprecatedAndHidden", false);
        json.putObject("urls")
                .put("sobject", url)
                .put("describe", url + "/describe")
                .put("rowTemplate", url + "/{ID}");
        return json;
    }

    private static ObjectNode field(Field field) {
        ObjectNode json = Json.object().put("name", field.name()).put("label", field.label());
        sizes(json, field);
        rights(json, field);
        json.put("compoundFieldName", field.compound());
        json.put("relationshipName", field.relationship());
        ArrayNode references = json.putArray("referenceTo");
        field.references().forEach(references::add);
        defaults(json, field);
        constants(json.put("custom", field.custom()));
        return json;
    }

    // What no declared field has. Keys that would need more knowledge than the tables hold are left out.
    private static void constants(ObjectNode json) {
        for (String name : NEVER) {
            json.put(name, false);
        }
        for (String name : NOTHING) {
            json.putNull(name);
        }
    }

    private static void sizes(ObjectNode json, Field field) {
        boolean id = field.type() == FieldType.ID || field.type() == FieldType.REFERENCE;
        int length = field.size().length();
        json.put("type", field.type().word())
                .put("soapType", field.type().soap())
                .put("length", length)
                .put("byteLength", id ? length : 3 * length)
                .put("precision", field.size().precision())
                .put("scale", field.size().scale())
                .put("digits", field.size().digits());
    }

    private static void rights(ObjectNode json, Field field) {
        Shape shape = field.type().shape();
        boolean longText = field.type() == FieldType.TEXTAREA && field.size().length() > 255;
        boolean compound = shape == Shape.COMPOUND;
        boolean measured =
                field.type() == FieldType.DATETIME || (shape == Shape.NUMBER && field.type() != FieldType.INT);
        json.put("createable", field.is(Trait.CREATE))
                .put("updateable", field.is(Trait.UPDATE))
                .put("nillable", field.is(Trait.NULLABLE))
                .put("defaultedOnCreate", field.is(Trait.DEFAULTED))
                .put("externalId", field.is(Trait.EXTERNAL_ID))
                .put("idLookup", field.is(Trait.LOOKUP))
                .put("unique", field.is(Trait.UNIQUE))
                .put("caseSensitive", field.is(Trait.CASE_SENSITIVE))
                .put("restrictedPicklist", field.is(Trait.RESTRICTED))
                .put("nameField", field.is(Trait.NAME))
                .put("namePointing", field.references().size() > 1)
                .put("polymorphicForeignKey", field.references().size() > 1)
                .put("filterable", !longText)
                .put("sortable", !longText && !compound)
                .put("groupable", !longText && !compound && !measured)
                .put("queryByDistance", compound)
                .put("aggregatable", !longText && !compound && shape != Shape.BOOLEAN);
    }

    private static void defaults(ObjectNode json, Field field) {
        String shown = field.is(Trait.SHOWN_DEFAULT) ? field.initial() : null;
        if (shown != null && field.type() == FieldType.BOOLEAN) {
            json.put("defaultValue", Boolean.parseBoolean(shown));
        } else {
            json.put("defaultValue", shown);
        }
        ArrayNode values = json.putArray("picklistValues");
        for (Field.Choice choice : field.values()) {
            values.addObject()
                    .put("active", true)
                    .put("defaultValue", choice.value().equals(shown))
                    .put("label", choice.label())
                    .putNull("validFor")
                    .put("value", choice.value());
        }
    }
}
