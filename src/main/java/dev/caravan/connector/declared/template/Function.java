package dev.caravan.connector.declared.template;

/** The functions of templates: a closed list, so that a connector holds no code. */
public enum Function {
    TEXT("text", 0, 0),
    NUMBER("number", 0, 0),
    INTEGER("integer", 0, 0),
    DECIMAL("decimal", 1, 1),
    BOOLEAN("boolean", 0, 0),
    ISO_DATE("iso_date", 0, 0),
    ISO_INSTANT("iso_instant", 0, 0),
    EPOCH_SECONDS("epoch_seconds", 0, 0),
    EPOCH_MILLIS("epoch_millis", 0, 0),
    MICROS("micros", 0, 0),
    LOWER("lower", 0, 0),
    UPPER("upper", 0, 0),
    TRIM("trim", 0, 0),
    STRINGS("strings", 0, 0),
    /** Fields, those that are points in time or days as seconds since 1970. */
    EPOCHS("epochs", 0, 0),
    NEST("nest", 0, 0),
    ONLY("only", 1, 100),
    WITHOUT("without", 1, 100),
    PREFIX("prefix", 1, 1),
    DEFAULT("default", 1, 1),
    LENGTH("length", 0, 0),
    SHA256("sha256", 0, 0),
    /** Refuses what is no SHA-256 hash, so that nothing goes in the open; blank becomes absent. */
    HASHED("hashed", 0, 0),
    BASE64("base64", 0, 0),
    /** Between double quotes, with those inside and backslashes escaped by a backslash. */
    QUOTED("quoted", 0, 0),
    /** Between single quotes, with those inside doubled. */
    ODATA("odata", 0, 0),
    /** Refuses what is not a plain id, so that it can be part of a resource name. */
    SEGMENT("segment", 0, 0),
    /** Refuses what would be several where commas part what is meant. */
    LISTED("listed", 0, 0),
    /** A normaliser by name, with a country perhaps; blank becomes absent. */
    NORMALISE("normalise", 1, 2);

    private final String text;
    private final int least;
    private final int most;

    Function(String text, int least, int most) {
        this.text = text;
        this.least = least;
        this.most = most;
    }

    /** As it is written. */
    public String text() {
        return text;
    }

    /** The fewest arguments. */
    public int least() {
        return least;
    }

    /** The most arguments. */
    public int most() {
        return most;
    }
}
