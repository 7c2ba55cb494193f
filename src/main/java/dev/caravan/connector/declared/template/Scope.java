package dev.caravan.connector.declared.template;

import java.util.List;
import java.util.Optional;

/** What templates are filled from. Immutable. */
public interface Scope {

    /** The place in a fault that is of no row. */
    int NO_ROW = -1;

    /** What a reference stands for here. */
    Datum get(Ref ref);

    /** The scopes of a list's items, in order. */
    List<Scope> each(TreeTemplate.Of of);

    /** Whether any row of the request has this field; the key is one. */
    boolean has(String field);

    /** The place of the row that this is about, from 0; {@link #NO_ROW} where it is about none. */
    int place();

    /** The field that this is about. */
    default Optional<String> field() {
        return Optional.empty();
    }
}
