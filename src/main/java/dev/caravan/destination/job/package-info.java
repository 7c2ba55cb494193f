/** What connectors that deliver by jobs have in common: which job has which rows. Pure. */
@NullMarked
package dev.caravan.destination.job;

import org.jspecify.annotations.NullMarked;
