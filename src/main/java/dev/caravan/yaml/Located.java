package dev.caravan.yaml;

import dev.caravan.problem.Place;

/** A value and the place it was written at, so that a later check can point there. */
public record Located<T>(T value, Place place) {}
