package dev.caravan.yaml;

import dev.caravan.problem.Place;

/** Where a node begins and ends; the end is the place just after its last character. */
public record Span(Place start, Place end) {}
