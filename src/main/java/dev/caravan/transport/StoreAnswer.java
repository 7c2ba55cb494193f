package dev.caravan.transport;

import dev.caravan.row.ValueType;
import java.util.List;

/** What a store said. */
public record StoreAnswer(Told told, int requests) implements Reply.Answer {

    /** An answer that cost one request. */
    public static StoreAnswer of(Told told) {
        return new StoreAnswer(told, 1);
    }

    @Override
    public StoreAnswer costing(int wire) {
        return new StoreAnswer(told, wire);
    }

    /** The different answers. */
    public sealed interface Told {}

    /** To a log-in: which store this is, the same under every name it may be given. */
    public record Place(String id) implements Told {}

    /** To a look: the columns in their order; none if there is no such object yet. */
    public record Columns(List<Column> columns) implements Told {
        public Columns {
            columns = List.copyOf(columns);
        }
    }

    /** A column of an object; of formats that have no types each holds text. */
    public record Column(String name, ValueType type) {}

    /**
     * To a change: the generation that holds it is published.
     *
     * @param effects one an entry, in their order
     */
    public record Published(long generation, List<Effect> effects) implements Told {
        public Published {
            effects = List.copyOf(effects);
        }
    }

    /** What became of an entry. */
    public enum Effect {
        CREATED,
        CHANGED,
        DELETED,
        /** No row has its key, so that there was nothing to update or delete. */
        ABSENT,
        /** An earlier request for the same has done it. */
        REPEATED,
        /** A value of it does not fit its column; the row was left out. */
        UNFIT
    }

    /**
     * Nothing was changed.
     *
     * @param code a stable word
     * @param message for people, without a value of any row
     */
    public record Refused(Refusal code, String message) implements Told {}

    /** Why a store changes nothing. */
    public enum Refusal {
        /** The store is not there, or may not be written to. */
        PLACE,
        /** The object's name is not one that it takes. */
        NAME,
        /** The object is not what it takes it for: it cannot be read, or it is gone while its books say that it holds rows. */
        OBJECT,
        /** A column holds values of another type, or rows are known by another column. */
        COLUMN,
        /** No room. */
        FULL
    }
}
