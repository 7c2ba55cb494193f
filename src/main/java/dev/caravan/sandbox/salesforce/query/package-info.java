/**
 * SOQL, as much of it as reading records back needs: fields or {@code COUNT()} of one object, conditions joined by AND, an
 * order, a limit. Answers are recorded; refusals rest on documentation.
 */
@NullMarked
package dev.caravan.sandbox.salesforce.query;

import org.jspecify.annotations.NullMarked;
