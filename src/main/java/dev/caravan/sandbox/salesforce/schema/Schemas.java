package dev.caravan.sandbox.salesforce.schema;

import dev.caravan.sandbox.spec.ObjectSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The objects of the organisation: the standard ones, plus what a workspace declared. Thread-safe. Fields may be removed
 * or shortened while running, as administrators do; records keep their values.
 */
public final class Schemas {

    private static final List<StandardObject> STANDARD = List.of(
            new StandardObject("Account", "001"),
            new StandardObject("Contact", "003"),
            new StandardObject("Lead", "00Q"),
            new StandardObject("Campaign", "701"),
            new StandardObject("Task", "00T"),
            new StandardObject("User", "005"),
            new StandardObject("Organization", "00D"));

    private final Map<String, SObject> byName = new ConcurrentHashMap<>();
    private int recordTypes;

    private record StandardObject(String name, String prefix) {}

    public Schemas(List<ObjectSpec> declared) {
        Map<String, ObjectSpec> open = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        declared.forEach(object -> open.put(object.name(), object));
        for (StandardObject standard : STANDARD) {
            ObjectSpec extra = open.remove(standard.name());
            List<Field> fields = new ArrayList<>(SchemaTable.read(standard.name()));
            if (extra != null) {
                DeclaredFields.add(fields, extra.fields());
            }
            put(object(standard.name(), standard.name(), standard.prefix(), fields, extra));
        }
        int number = 0;
        for (ObjectSpec custom : open.values()) {
            List<Field> fields = new ArrayList<>(SchemaTable.read("Custom"));
            DeclaredFields.add(fields, custom.fields());
            put(object(custom.name(), DeclaredFields.label(custom.name()), prefix(number++), fields, custom));
        }
    }

    private SObject object(
            String name, String label, String prefix, List<Field> fields, @Nullable ObjectSpec declared) {
        List<RecordType> types = new ArrayList<>();
        List<String> names = declared == null ? List.of() : declared.recordTypes();
        names.forEach(type -> types.add(RecordType.of(type, ++recordTypes)));
        if (!types.isEmpty()) {
            fields.add(RecordType.field(fields.size()));
        }
        return new SObject(name, label, prefix, fields.size(), fields, types);
    }

    /** The object of that name, in any case. */
    public Optional<SObject> find(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    public List<SObject> all() {
        return byName.values().stream()
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
    }

    /** Takes a field away from describes and writes; false when there is no such field. */
    public synchronized boolean removeField(String object, String field) {
        Optional<SObject> found = find(object).filter(it -> it.field(field).isPresent());
        found.ifPresent(it -> put(it.without(field)));
        return found.isPresent();
    }

    /** Changes a text field's greatest length; false when there is no such field. */
    public synchronized boolean resizeField(String object, String field, int length) {
        Optional<SObject> found = find(object).filter(it -> it.field(field).isPresent());
        found.ifPresent(it -> put(it.withLength(field, length)));
        return found.isPresent();
    }

    private void put(SObject object) {
        byName.put(object.name().toLowerCase(Locale.ROOT), object);
    }

    // Custom objects are a00, a01 … in the order of their names, so that ids repeat from run to run.
    private static String prefix(int number) {
        String digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        return "a" + digits.charAt(number / digits.length() % digits.length())
                + digits.charAt(number % digits.length());
    }
}
