/** The portal's object types, their properties and records. Used under the one lock of {@code HubSpot}. */
@NullMarked
package dev.caravan.sandbox.hubspot.store;

import org.jspecify.annotations.NullMarked;
