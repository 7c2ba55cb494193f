/**
 * Meta's custom audiences and Conversions API: counts instead of results, only samples of what was invalid, the error's code and
 * not the status deciding. Audience answers and usage headers are recorded; errors and events rest on documentation.
 */
@NullMarked
package dev.caravan.sandbox.meta;

import org.jspecify.annotations.NullMarked;
