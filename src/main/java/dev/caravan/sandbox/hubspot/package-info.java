/**
 * HubSpot's CRM API as far as it is written to: objects, properties, associations, lists and log-in. Error bodies, rate-limit
 * headers and the disorder of batch results follow recorded exchanges; upsert, version 4 associations and version 3 lists rest
 * on documentation.
 */
@NullMarked
package dev.caravan.sandbox.hubspot;

import org.jspecify.annotations.NullMarked;
