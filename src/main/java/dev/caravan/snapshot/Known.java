package dev.caravan.snapshot;

import dev.caravan.row.Row;
import dev.caravan.row.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the snapshot knows of a key.
 *
 * @param remoteId the destination's id of the record, if it ever told one
 * @param createdByUs whether one of our requests created it
 * @param dirty whether a request is unresolved, so that every field must be sent again
 * @param left whether the key left the model and was handled
 * @param definition the field definition under which the image was accepted; empty if nothing ever was
 * @param withheld last accepted destination values of fields that a guard withheld since; they override the image
 * @param image the model columns last accepted; {@link Row#EMPTY} if nothing ever was
 */
public record Known(
        @Nullable String remoteId,
        boolean createdByUs,
        boolean dirty,
        boolean left,
        String definition,
        Map<String, Value> withheld,
        Row image) {

    public Known {
        withheld = Map.copyOf(withheld);
    }

    /** Whether nothing is known of it but that a request was lost. */
    public boolean isUnseen() {
        return dirty && definition.isEmpty() && remoteId == null;
    }
}
