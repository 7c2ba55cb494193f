package dev.caravan.sandbox.hubspot.store;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** An object type with its properties and records, and an index over each property that a record can be found by. */
public final class ObjectType {

    private final Names names;
    private final List<String> shown;
    private final Map<String, Property> properties = new LinkedHashMap<>();
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> index = new HashMap<>();

    /**
     * What it is called.
     *
     * @param id such as {@code 0-1}, or {@code 2-1000001} of a custom object
     * @param plural in paths, such as {@code contacts}; of a custom object its id
     * @param constant in older paths, such as {@code CONTACT}
     */
    public record Names(String id, String plural, String constant) {
        public boolean custom() {
            return id.startsWith("2-");
        }
    }

    /** A type with the properties that every record has; {@code shown} are answered when none is asked for. */
    ObjectType(Names names, List<String> shown, List<Property> properties) {
        this.names = names;
        this.shown = List.copyOf(shown);
        add(Property.system("hs_object_id", "number"));
        add(Property.system(created(), "datetime"));
        add(Property.system(modified(), "datetime"));
        properties.forEach(this::add);
    }

    public Names names() {
        return names;
    }

    /** The name by which lists of objects have it: {@code contacts}, {@code 2-1000001}. */
    public String name() {
        return names.plural();
    }

    public List<String> shown() {
        return shown;
    }

    /** Name of the property that says when a record was made. */
    public String created() {
        return names.custom() ? "hs_createdate" : "createdate";
    }

    /** Name of the property that says when a record was changed last. */
    public String modified() {
        return names.constant().equals("CONTACT") ? "lastmodifieddate" : "hs_lastmodifieddate";
    }

    public Collection<Property> properties() {
        return properties.values();
    }

    public Optional<Property> property(String name) {
        return Optional.ofNullable(properties.get(name));
    }

    public void add(Property property) {
        properties.put(property.name(), property);
        if (isKey(property.name())) {
            index.computeIfAbsent(property.name(), name -> new HashMap<>());
        }
    }

    public boolean remove(String property) {
        index.remove(property);
        return properties.remove(property) != null;
    }

    /** Whether a record can be found by it: declared unique, or the e-mail address of a contact. */
    public boolean isKey(String property) {
        return property(property)
                .map(it -> it.unique() || (names.constant().equals("CONTACT") && property.equals("email")))
                .orElse(false);
    }

    /** The form in which two values of a key are the same: neither case nor space around them matters. */
    public static String normal(String value) {
        return value.strip().toLowerCase(Locale.ROOT);
    }

    /** The live record of that id. */
    public Optional<Row> row(String id) {
        return Optional.ofNullable(rows.get(id)).filter(row -> !row.archived());
    }

    /** The live record with this value of a key; {@code hs_object_id} is one as well. */
    public Optional<Row> find(String key, String value) {
        if (key.equals("hs_object_id")) {
            return row(value);
        }
        return Optional.ofNullable(index.getOrDefault(key, Map.of()).get(normal(value)))
                .flatMap(this::row);
    }

    /** Records in the order of creation, archived ones included. */
    public Collection<Row> rows() {
        return rows.values();
    }

    public int live() {
        return (int) rows.values().stream().filter(row -> !row.archived()).count();
    }

    Row insert(Supplier<String> ids, Instant at) {
        Row row = new Row(ids.get(), at);
        rows.put(row.id(), row);
        row.system("hs_object_id", row.id());
        row.system(created(), at.toString());
        return row;
    }

    void set(Row row, String property, String value, Instant at, String source) {
        Map<String, String> byValue = index.get(property);
        if (byValue != null) {
            Optional.ofNullable(row.get(property)).ifPresent(old -> byValue.remove(normal(old), row.id()));
            if (!value.isEmpty()) {
                byValue.put(normal(value), row.id());
            }
        }
        row.put(property, value, at, source);
    }

    void archive(Row row, Instant at) {
        index.forEach((property, byValue) ->
                Optional.ofNullable(row.get(property)).ifPresent(old -> byValue.remove(normal(old), row.id())));
        row.archive(at);
    }

    void clear() {
        rows.clear();
        index.values().forEach(Map::clear);
    }
}
