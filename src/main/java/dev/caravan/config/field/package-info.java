/**
 * How fields are computed: CEL expressions, checked against the model's columns, and field sets as stored text.
 *
 * <p>A column is the variable {@code row.name}, or {@code row.`any name`}. Booleans, integers, doubles, text and instants
 * have their CEL types and may be null. A decimal is a type of its own that only {@code double(…)}, {@code string(…)},
 * equality and null comparison take. Dates, times and timestamps without a zone are ISO text, so they compare in order. JSON is its
 * canonical text and bytes are Base64: to look into a structure is the model's work, in SQL. The
 * language has no loops: its macros are off, and so are the text functions whose result can be far longer than their input.
 */
@NullMarked
package dev.caravan.config.field;

import org.jspecify.annotations.NullMarked;
