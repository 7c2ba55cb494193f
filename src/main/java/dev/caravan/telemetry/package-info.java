/**
 * What Caravan measures about itself. {@link dev.caravan.telemetry.Metric} lists every metric with its labels; no label carries a key,
 * an e-mail address, a run's number or a plan's hash, so that their number stays that of mappings and connections.
 */
@NullMarked
package dev.caravan.telemetry;

import org.jspecify.annotations.NullMarked;
