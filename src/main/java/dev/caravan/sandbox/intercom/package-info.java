/**
 * Intercom's contacts, one at a time: there is no upsert, an archived contact keeps its address, and a user never becomes a
 * lead again. All of it is recorded, but for the refusals of values and of the rate.
 */
@NullMarked
package dev.caravan.sandbox.intercom;

import org.jspecify.annotations.NullMarked;
