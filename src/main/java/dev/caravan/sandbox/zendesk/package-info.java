/**
 * Zendesk's users: one at a time, or a hundred as a job that is looked up later and forgotten soon. Users, refusals and the rate
 * limit in plain text are recorded; jobs rest on documentation.
 */
@NullMarked
package dev.caravan.sandbox.zendesk;

import org.jspecify.annotations.NullMarked;
