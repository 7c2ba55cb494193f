package dev.caravan.plan;

import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.RowMapper;
import dev.caravan.mapping.Target;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import dev.caravan.snapshot.Known;
import java.util.Optional;
import java.util.Set;

/** The destination keys of rows, and what becomes of a record whose row gets another one. */
final class TargetKeys {

    private final Mapping mapping;
    private final Target target;
    private final Fit fit;

    TargetKeys(Mapping mapping, Fit fit) {
        this.mapping = mapping;
        this.target = mapping.target();
        this.fit = fit;
    }

    /** What becomes of the record before. */
    enum Way {
        /** It gets the new key, so that there is no second one. */
        FOLLOWS,
        /** A mirror takes it out, and the next run adds the row under its new key. */
        GIVEN_UP,
        /** It waits for a person, since there would be two. */
        STAYS,
        /** Another record is meant from here on, and gets everything. */
        ELSEWHERE
    }

    Set<String> columns() {
        return target.keySource().columns();
    }

    /** The key of a row; empty where the row lacks the columns, or has none. */
    Optional<Value> of(Row row) {
        return row.hasAll(columns()) ? RowMapper.value(target.keySource(), row) : Optional.empty();
    }

    /** Whether the destination's key changed though the model's did not. */
    boolean moved(Row image, Row row) {
        FieldSource source = target.keySource();
        return !mapping.sameKeyBothSides()
                && image.hasAll(columns())
                && !same(RowMapper.value(source, image), RowMapper.value(source, row));
    }

    /** Whether this write, of which nobody knows whether it arrived, was to another record than the row means now. */
    boolean movedFrom(PlannedWrite lost, Row row) {
        return !mapping.sameKeyBothSides() && !same(Optional.of(lost.targetKey()), of(row));
    }

    /**
     * Whether the record may have another key than the row since this write, of which nobody knows whether it arrived: it was to have
     * another one, or was to get its own back from that.
     */
    boolean mayHaveMoved(PlannedWrite lost, Row row) {
        return lost.kind() != PlannedWrite.Kind.REMOVE && (follows(lost) || movedFrom(lost, row));
    }

    private boolean same(Optional<Value> before, Optional<Value> now) {
        return before.equals(now) || (before.isPresent() && now.isPresent() && fit.sameKey(before.get(), now.get()));
    }

    /** Whether this record can be told by its id which key it is to have: that of its row. */
    boolean follows(Known known, Row row) {
        return known.remoteId() != null && canFollow(row);
    }

    /** Whether this write, of which nobody knows whether it arrived, told a record so by its id, and can do it again. */
    boolean canFollow(PlannedWrite lost, Row row) {
        return follows(lost) && lost.remoteId() != null && canFollow(row);
    }

    private boolean canFollow(Row row) {
        boolean keyed = of(row).filter(key -> !key.isEmpty()).isPresent();
        return keyed && !mapping.sameKeyBothSides() && fit.rekeys();
    }

    /** Whether this row had left, and is back with another key than its record has, which was left as it was. */
    boolean isBackUnderAnother(Known known, Row row) {
        boolean there = known.remoteId() != null || known.createdByUs();
        return known.left() && !known.dirty() && there && moved(known.image(), row);
    }

    /** What becomes of this record, whose row is this now. */
    Way way(Known known, Row row) {
        if (follows(known, row)) {
            return Way.FOLLOWS;
        }
        return switch (target.operation()) {
            case MIRROR -> Way.GIVEN_UP;
            case UPSERT -> target.onRekeyed() == Target.OnRekeyed.HOLD ? Way.STAYS : Way.ELSEWHERE;
            case UPDATE, INSERT, ADD, REMOVE, APPEND -> Way.ELSEWHERE;
        };
    }

    /**
     * What becomes of the record of a write that may have arrived. It cannot follow, since nobody knows its id; and whether there is one, and
     * whose it was, nobody knows either, so that it is not removed. Members are only what they are known by.
     */
    Way wayOfLost() {
        return switch (target.operation()) {
            case MIRROR -> fit.members() ? Way.GIVEN_UP : Way.STAYS;
            case UPSERT -> target.onRekeyed() == Target.OnRekeyed.HOLD ? Way.STAYS : Way.ELSEWHERE;
            case UPDATE, INSERT, ADD, REMOVE, APPEND -> Way.ELSEWHERE;
        };
    }

    /** Whether the record of a key that left goes, and one that follows its row to that destination key has to wait for it. */
    boolean makesRoom() {
        boolean goes = switch (target.onRemoved()) {
            case DELETE, ARCHIVE -> true;
            case NOTHING, CLEAR -> false;
        };
        return goes && fit.rekeys();
    }

    /** Whether it gives a record its key. */
    boolean follows(PlannedWrite write) {
        return write.fields().containsKey(target.keyField());
    }

    /**
     * Whether such a write, which is not told by an id, would land on the record of the row that has its key still. Where no record follows
     * its row and none is made, whatever has the key is meant.
     */
    boolean landsByKey(PlannedWrite write) {
        return write.kind() != PlannedWrite.Kind.REMOVE
                && !write.cause().isRecorded()
                && switch (target.operation()) {
                    case MIRROR, UPSERT -> true;
                    case UPDATE -> fit.rekeys();
                    case INSERT, ADD, REMOVE, APPEND -> false;
                };
    }
}
