package dev.caravan.row;

/** The types a model column or a mapped value can have. Lists and structures are JSON. */
public enum ValueType {
    BOOLEAN('b'),
    INTEGER('i'),
    DECIMAL('n'),
    DOUBLE('f'),
    TEXT('s'),
    DATE('d'),
    TIME('t'),
    /** A date and time of day without a zone: no instant until a zone is declared for it. */
    TIMESTAMP('l'),
    /** An instant. */
    TIMESTAMPTZ('z'),
    /** Objects and arrays, or any other JSON value. */
    JSON('j'),
    /** Bytes. */
    BINARY('y');

    private final char tag;

    ValueType(char tag) {
        this.tag = tag;
    }

    /** The letter that stands for this type in encoded values and keys. Part of the stored format: never reuse one. */
    public char tag() {
        return tag;
    }

    /** Whether values of this type can be compared, rounded and ranged as numbers. */
    public boolean numeric() {
        return this == INTEGER || this == DECIMAL || this == DOUBLE;
    }

    /** The type with this tag, or {@code IllegalArgumentException} for a letter that stands for none. */
    public static ValueType ofTag(char tag) {
        for (ValueType type : values()) {
            if (type.tag == tag) {
                return type;
            }
        }
        throw new IllegalArgumentException("no value type has the tag " + tag);
    }
}
