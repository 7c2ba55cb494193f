package dev.caravan.model;

import dev.caravan.row.ValueType;

/** A column of a model as it reaches the mapping, declarations applied. */
public record Column(String name, ValueType type) {}
