/**
 * The sandbox's HTTP server, shared by every API it imitates: one loopback socket, a thread a request, latency, ordered
 * faults and a log of what was asked. It knows no API; an {@link dev.caravan.sandbox.http.Api} answers.
 */
@NullMarked
package dev.caravan.sandbox.http;

import org.jspecify.annotations.NullMarked;
