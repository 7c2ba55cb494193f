/**
 * What a file may say, declared once: the same declaration checks a file and is written as JSON Schema, so that what an editor accepts and
 * what is accepted cannot part. A reader then takes the values with a {@link dev.caravan.yaml.shape.View}, which is silent about what the
 * check has reported.
 */
@NullMarked
package dev.caravan.yaml.shape;

import org.jspecify.annotations.NullMarked;
