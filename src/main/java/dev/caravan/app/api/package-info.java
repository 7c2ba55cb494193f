/**
 * The local API of the process that owns a workspace, on the loopback address alone, and its client. The route
 * {@code routes/admin.camel.yaml} serves it; {@link dev.caravan.app.api.ApiProcessor} takes the request out of the exchange, so that
 * nothing of it travels on; {@link dev.caravan.app.api.ApiGate} lets in whoever can read {@code state/worker.lock}.
 */
@NullMarked
package dev.caravan.app.api;

import org.jspecify.annotations.NullMarked;
