/**
 * What the imitated APIs beside Salesforce have in common: the prefix each is mounted under, switches for its traps, windows
 * of rate limits and tokens, all on the sandbox's clock. Each API has a package of its own and shares no record with another.
 */
@NullMarked
package dev.caravan.sandbox.vendor;

import org.jspecify.annotations.NullMarked;
