package dev.caravan.connector.declared.example;

import dev.caravan.destination.Outcome;
import dev.caravan.destination.Referent;
import dev.caravan.mapping.TargetField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Outcomes, and what look-ups tell, as examples write them. */
public final class Words {

    private Words() {}

    /** For example {@code accepted 17 created}, {@code rejected CONFLICT conflict}, {@code deferred busy}. */
    public static String of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted yes -> "accepted" + id(yes.remoteId()) + (yes.created() ? " created" : "");
            case Outcome.Unchanged same -> "unchanged" + id(same.remoteId());
            case Outcome.Rejected no ->
                "rejected " + no.code() + " " + no.errorClass().name().toLowerCase(Locale.ROOT)
                        + (no.together() ? " together" : "");
            case Outcome.Deferred later -> "deferred " + later.reason();
            case Outcome.Unknown unknown -> "unknown " + unknown.reason();
        };
    }

    /** For example {@code found 17}, {@code none}, {@code several}, {@code untold busy}. */
    public static String of(Referent referent) {
        return switch (referent) {
            case Referent.One one -> "found " + one.id();
            case Referent.None none -> "none";
            case Referent.Several several -> "several";
            case Referent.Untold untold -> "untold " + untold.reason();
        };
    }

    /** A field as it is described, for example {@code email email key required}, {@code age integer}. */
    public static String of(TargetField field) {
        return field.name() + " " + field.kind().name().toLowerCase(Locale.ROOT)
                + (field.key() ? " key" : "")
                + (field.requiredOnCreate() ? " required" : "")
                + (field.ignoreCase() ? " ignore_case" : "")
                + (field.createable() || field.updateable() ? "" : " read_only");
    }

    private static String id(@Nullable String id) {
        return id == null ? "" : " " + id;
    }
}
