package dev.caravan.transport.kafka;

import dev.caravan.transport.PublishAnswer.Reason;
import dev.caravan.transport.PublishAnswer.Refused;
import java.util.Locale;

/** Why a record is not stored and never will be. */
public enum KafkaRefusal {
    RECORD_TOO_LARGE(Reason.RECORD),
    INVALID_RECORD(Reason.RECORD),
    POLICY_VIOLATION(Reason.RECORD),
    UNKNOWN_TOPIC(Reason.TOPIC),
    INVALID_TOPIC(Reason.TOPIC),
    NOT_COMPACTED(Reason.TOPIC),
    NOT_AUTHORIZED(Reason.RIGHTS);

    private final Reason reason;

    KafkaRefusal(Reason reason) {
        this.reason = reason;
    }

    /** As the fate of a record; its code is the lower-case name. */
    public Refused fate() {
        return new Refused(reason, name().toLowerCase(Locale.ROOT));
    }
}
