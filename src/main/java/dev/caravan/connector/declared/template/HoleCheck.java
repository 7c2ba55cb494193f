package dev.caravan.connector.declared.template;

import dev.caravan.problem.Spelling;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds holes that may not stand where they stand: each answer is why not, with what to do. */
public final class HoleCheck {

    private static final List<String> ROW = List.of("key", "id", "trace", "place", "dedupe_key", "fields", "values");
    private static final Set<Function> FOR_FIELDS =
            Set.of(Function.STRINGS, Function.EPOCHS, Function.NEST, Function.ONLY, Function.WITHOUT);
    private static final Set<Function> SAFE = Set.of(
            Function.QUOTED,
            Function.ODATA,
            Function.SEGMENT,
            Function.INTEGER,
            Function.NUMBER,
            Function.DECIMAL,
            Function.MICROS,
            Function.EPOCH_MILLIS,
            Function.EPOCH_SECONDS,
            Function.SHA256,
            Function.HASHED);

    private HoleCheck() {}

    /** What is wrong, and what to do. */
    public record Wrong(String message, String suggestion) {}

    /** Why this hole cannot be filled here; empty if it can. */
    public static Optional<Wrong> wrong(Hole hole, Ground ground) {
        Ref ref = hole.ref();
        if (!ground.knows(ref.root())) {
            return Optional.of(new Wrong(
                    "'" + ref.text() + "' is not known here",
                    "known here: "
                            + String.join(
                                    ", ",
                                    ground.roots().stream().map(Root::text).toList())));
        }
        if (ref.root() == Root.SETTINGS && ground.secrets().contains(ref.name()) && !ground.open()) {
            return Optional.of(
                    new Wrong("'" + ref.text() + "' is a secret", "name secrets inside auth and sign alone"));
        }
        return name(ref, ground).or(() -> calls(hole));
    }

    private static Optional<Wrong> name(Ref ref, Ground ground) {
        return switch (ref.root()) {
            case SETTINGS -> among(ref, ground.settings());
            case LOGIN -> among(ref, ground.login());
            case OBJECT -> ref.name().isEmpty() ? Optional.empty() : among(ref, ground.captures());
            case KEY_FIELD -> ref.name().isEmpty() ? Optional.empty() : among(ref, Set.of());
            case BATCH -> among(ref, List.of("fields", "keys", "size", "group", "dedupe_key"));
            case ROW -> among(ref, ROW);
            case PATHS -> among(ref, Set.of());
            case ROW_FIELD -> Optional.empty();
            case FIELD -> among(ref, List.of("name", "value"));
            case JOB -> among(ref, ground.job());
            case FOUND -> among(ref, ground.found());
        };
    }

    private static Optional<Wrong> among(Ref ref, Collection<String> names) {
        String there = names.isEmpty() ? "nothing can follow it" : "there are " + String.join(", ", names);
        return names.contains(ref.name())
                ? Optional.empty()
                : Optional.of(new Wrong(
                        "'" + ref.root().text() + "' has no '" + ref.name() + "'",
                        Spelling.suggest(ref.name(), names, there)));
    }

    private static Optional<Wrong> calls(Hole hole) {
        boolean fields = fields(hole.ref());
        boolean names = names(hole.ref());
        boolean done = false;
        for (Call call : hole.calls()) {
            boolean forFields = FOR_FIELDS.contains(call.function());
            if (names || done || forFields != fields) {
                String takes = names || done ? "cannot stand here" : forFields ? "takes fields" : "takes one value";
                return Optional.of(new Wrong(
                        "'" + call.function().text() + "' " + takes, "leave it out, or name something else before it"));
            }
            done = call.function() == Function.NEST;
        }
        return Optional.empty();
    }

    /** Why this hole cannot be part of a text; empty if it can. */
    public static Optional<Wrong> wrongInText(Hole hole) {
        return fields(hole.ref())
                ? Optional.of(new Wrong(
                        "'" + hole.ref().text() + "' is no text",
                        "let it stand alone, or name a field: row.field.NAME"))
                : Optional.empty();
    }

    /**
     * Why this hole cannot stand among other text that is read again, an address's or a query's; empty if it can. What a row holds
     * must be put between quotes there by a function, or be what needs none.
     */
    public static Optional<Wrong> wrongAmongText(Hole hole) {
        boolean cell = hole.ref().root() == Root.ROW_FIELD
                || hole.ref().root() == Root.FIELD
                || hole.ref().isKeys()
                || (hole.ref().root() == Root.ROW
                        && Set.of("key", "id").contains(hole.ref().name()));
        boolean safe =
                !hole.calls().isEmpty() && SAFE.contains(hole.calls().getLast().function());
        return cell && !safe
                ? Optional.of(new Wrong(
                        "'" + hole.ref().text() + "' among other text that is read again",
                        "let it stand alone, or end with | quoted, | odata or | segment"))
                : Optional.empty();
    }

    /** Whether this hole comes to an object. */
    public static boolean isObject(Hole hole) {
        return fields(hole.ref());
    }

    private static boolean fields(Ref ref) {
        return ref.root() == Root.ROW
                && (ref.name().equals("fields") || ref.name().equals("values"));
    }

    private static boolean names(Ref ref) {
        return ref.root() == Root.BATCH && (ref.name().equals("fields") || ref.isKeys());
    }
}
