package dev.caravan.config.field;

import dev.caravan.model.Column;
import dev.caravan.model.ModelSchema;
import dev.caravan.problem.Spelling;
import dev.caravan.row.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a model's columns when a mapping is checked: perhaps nothing, and then nothing is said against any name.
 *
 * @param undecided columns whose declared type could not be read, which was reported
 */
public record KnownColumns(Optional<ModelSchema> schema, Set<String> undecided) {

    /** Nothing is known. */
    public static final KnownColumns NONE = new KnownColumns(Optional.empty(), Set.of());

    public KnownColumns {
        undecided = Set.copyOf(undecided);
    }

    /** Whether it is known that there is no such column. */
    public boolean lacks(String column) {
        return schema.isPresent() && schema.get().column(column).isEmpty();
    }

    /** The column's type, where it is known. */
    public Optional<ValueType> type(String column) {
        return undecided.contains(column)
                ? Optional.empty()
                : schema.flatMap(known -> known.column(column)).map(Column::type);
    }

    /** What to do about a name that is not there: a likely other one, or the question what separates the file's cells. */
    public String suggest(String column) {
        List<String> names = names();
        if (names.size() == 1) {
            for (String separator : List.of(";", "\t", "|")) {
                if (names.getFirst().contains(separator)) {
                    return "is this file separated by '" + (separator.equals("\t") ? "tab" : separator)
                            + "'? Only commas are read";
                }
            }
        }
        return Spelling.suggest(column, names, "it has: " + String.join(", ", names));
    }

    /** The known names. */
    public List<String> names() {
        return schema.map(ModelSchema::names).orElse(List.of());
    }
}
