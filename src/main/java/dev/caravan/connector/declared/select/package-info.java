/**
 * What an answer is asked: selectors, a small part of JSONPath, and conditions. Both are data, compiled when a connector is loaded; nothing
 * here can loop, call or fail, whatever an answer holds.
 */
@NullMarked
package dev.caravan.connector.declared.select;

import org.jspecify.annotations.NullMarked;
