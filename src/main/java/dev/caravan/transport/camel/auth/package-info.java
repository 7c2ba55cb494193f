/**
 * Logging in, whatever sends the requests: which secrets are shown to whom, what a token answer means, who may wait for whom, and
 * where a token that may be used only once is kept. The settings are records of this package's own; who wires a connector's
 * declaration to them translates.
 */
@NullMarked
package dev.caravan.transport.camel.auth;

import org.jspecify.annotations.NullMarked;
