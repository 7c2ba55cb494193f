/**
 * Google's Data Manager API (audience members, events) and Google Ads API (bids, budgets), with the log-in that they share. Nothing
 * here is recorded: it rests on the published specifications.
 */
@NullMarked
package dev.caravan.sandbox.google;

import org.jspecify.annotations.NullMarked;
