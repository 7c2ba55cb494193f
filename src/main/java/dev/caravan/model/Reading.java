package dev.caravan.model;

/** How a model is read from its connection. */
public sealed interface Reading {

    /** Exactly one SELECT, in the connection's dialect. */
    record Sql(String text) implements Reading {}

    /** All rows and columns of a table or view, {@code name} or {@code schema.name}. */
    record Table(String name) implements Reading {}

    /** A file read in place, its path relative to the connection's folder and never outside it. */
    record File(String path, FileFormat format) implements Reading {}
}
