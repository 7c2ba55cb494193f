package dev.caravan.mapping;

import dev.caravan.normalise.Normaliser;
import dev.caravan.row.KeyText;
import dev.caravan.row.Value;
import dev.caravan.row.ValueCodec;
import dev.caravan.row.ValueType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What fills a destination field. */
public sealed interface FieldSource {

    /** The columns it reads. */
    Set<String> columns();

    /** What it says, as text: two with the same text fill a field alike. */
    default String definition() {
        return switch (this) {
            case Column column -> "column " + column.column();
            case Constant constant -> "constant " + ValueCodec.encode(constant.value());
            case Computed computed -> "cel " + computed.text();
            case LookedUp lookedUp -> lookedUp.of().definition() + " lookup " + lookedUp.lookup();
            case Composite composite ->
                "key "
                        + KeyText.joined(composite.parts().stream()
                                .map(FieldSource::definition)
                                .toList());
            case Normalising normalising ->
                normalising.of().definition()
                        + (normalising.hashed() ? " hashed " : " normalise ")
                        + normalising.normaliser().text()
                        + normalising
                                .country()
                                .map(column -> " country " + column)
                                .orElse("");
        };
    }

    /** A column as it is, decimals exact. */
    record Column(String column) implements FieldSource {
        @Override
        public Set<String> columns() {
            return Set.of(column);
        }
    }

    /** The same value for every row. */
    record Constant(Value value) implements FieldSource {
        @Override
        public Set<String> columns() {
            return Set.of();
        }
    }

    /**
     * A CEL expression.
     *
     * @param type what it yields; empty when only the row decides
     */
    record Computed(String text, Set<String> columns, Optional<ValueType> type, Expression expression)
            implements FieldSource {}

    /**
     * Another record's id, which the destination is asked for when the row is sent. What it yields until then, and what is planned and
     * compared, is that record's own key.
     *
     * @param of what fills that key
     */
    record LookedUp(FieldSource of, Lookup lookup) implements FieldSource {
        @Override
        public Set<String> columns() {
            return of.columns();
        }
    }

    /** Several sources, each for one field of a key, in their order. It yields a tuple; null as soon as one of them is empty. */
    record Composite(List<FieldSource> parts) implements FieldSource {
        public Composite {
            parts = List.copyOf(parts);
        }

        @Override
        public Set<String> columns() {
            Set<String> columns = new LinkedHashSet<>();
            parts.forEach(part -> columns.addAll(part.columns()));
            return columns;
        }
    }

    /**
     * The text of another source as a platform writes it, perhaps hashed. What is blank becomes null.
     *
     * @param hashed whether the other source yields hashes already, which are written as the normaliser writes its own
     * @param country the column that says where a row belongs
     */
    record Normalising(FieldSource of, Normaliser normaliser, boolean hashed, Optional<String> country)
            implements FieldSource {
        @Override
        public Set<String> columns() {
            Set<String> columns = new LinkedHashSet<>(of.columns());
            country.ifPresent(columns::add);
            return columns;
        }
    }
}
