/**
 * Drafts become domain records: names and types are held against the model's columns, mappings against each other. Where no
 * schema is known, what needs one is left unsaid.
 */
@NullMarked
package dev.caravan.config.check;

import org.jspecify.annotations.NullMarked;
