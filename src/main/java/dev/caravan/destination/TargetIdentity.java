package dev.caravan.destination;

/** Which account, object and key field a mapping writes to. Compared as text; a mismatch writes nothing. */
public record TargetIdentity(String account, String object, String keyField) {

    /** The identity as stored. */
    public String text() {
        return account + "/" + object + "/" + keyField;
    }
}
