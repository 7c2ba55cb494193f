package dev.caravan.sandbox.salesforce.schema;

import java.util.Locale;

/** Field types as a describe names them, in lower case. */
public enum FieldType {
    ID("tns:ID", Shape.TEXT),
    REFERENCE("tns:ID", Shape.TEXT),
    STRING("xsd:string", Shape.TEXT),
    TEXTAREA("xsd:string", Shape.TEXT),
    EMAIL("xsd:string", Shape.TEXT),
    PHONE("xsd:string", Shape.TEXT),
    URL("xsd:string", Shape.TEXT),
    PICKLIST("xsd:string", Shape.TEXT),
    BOOLEAN("xsd:boolean", Shape.BOOLEAN),
    INT("xsd:int", Shape.NUMBER),
    DOUBLE("xsd:double", Shape.NUMBER),
    CURRENCY("xsd:double", Shape.NUMBER),
    PERCENT("xsd:double", Shape.NUMBER),
    DATE("xsd:date", Shape.DATE),
    DATETIME("xsd:dateTime", Shape.DATETIME),
    TIME("xsd:time", Shape.TIME),
    /** Made of other fields, never written. */
    ADDRESS("urn:address", Shape.COMPOUND);

    private final String soap;
    private final Shape shape;

    /** How a value of the type is held: as String, Boolean, BigDecimal, LocalDate, Instant or LocalTime. */
    public enum Shape {
        TEXT,
        BOOLEAN,
        NUMBER,
        DATE,
        DATETIME,
        TIME,
        COMPOUND
    }

    FieldType(String soap, Shape shape) {
        this.soap = soap;
        this.shape = shape;
    }

    /** The type's name in a describe. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The {@code soapType} of a describe, for example {@code xsd:string}. */
    public String soap() {
        return soap;
    }

    public Shape shape() {
        return shape;
    }
}
