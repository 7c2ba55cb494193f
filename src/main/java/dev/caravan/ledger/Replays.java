package dev.caravan.ledger;

import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.row.RowKey;
import dev.caravan.run.Rejection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows that no run takes up by itself, and a person's word that brings them back. A word leaves an audit entry without the keys. */
public interface Replays {

    /** Rejections that stand, of one mapping or of all, the most frequent reason first. */
    List<Rejection> standingReasons(Optional<MappingId> mapping);

    /** The same row by row, those of the oldest runs first. */
    List<Standing> standingRows(Optional<MappingId> mapping, int limit);

    /**
     * Lifts the rejections that stand for these keys, so that the next plan has their rows again. Nothing is written if there are none.
     *
     * @return how many were lifted
     */
    long lift(MappingId mapping, Set<RowKey> keys, Decision decision);

    /**
     * Says what is done about these keys where they are in doubt ({@link Deliveries#doubts}). The word is of the doubt as it is now: it
     * is spent when a later outcome puts an end to it or makes another. A later word takes its place.
     *
     * @return of how many keys that is
     */
    long say(MappingId mapping, Set<RowKey> keys, OnUnknown word, Decision decision);

    /**
     * A rejection that stands.
     *
     * @param shown the key for people; personal data, as the key is
     * @param field the field that the destination names, if it names one
     * @param run the run whose row was refused
     * @param since when
     */
    record Standing(
            MappingId mapping,
            RowKey key,
            String shown,
            String code,
            @Nullable String field,
            long run,
            Instant since) {}
}
