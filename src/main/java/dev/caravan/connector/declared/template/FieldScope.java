package dev.caravan.connector.declared.template;

import java.util.List;
import java.util.Optional;

/** One field, of a row or of the batch. */
record FieldScope(Scope around, String name, Datum value) implements Scope {

    @Override
    public Datum get(Ref ref) {
        if (ref.root() != Root.FIELD) {
            return around.get(ref);
        }
        return switch (ref.name()) {
            case "name" -> Datum.One.text(name);
            case "value" -> value;
            default -> new Datum.Absent();
        };
    }

    @Override
    public List<Scope> each(TreeTemplate.Of of) {
        return around.each(of);
    }

    @Override
    public boolean has(String field) {
        return around.has(field);
    }

    @Override
    public int place() {
        return around.place();
    }

    @Override
    public Optional<String> field() {
        return Optional.of(name);
    }
}
