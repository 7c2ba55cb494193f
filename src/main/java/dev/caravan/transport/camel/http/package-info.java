/**
 * The port {@code Transport} met by camel-http, for every connector that speaks HTTP and is declared. A component of its own a connection;
 * what camel-http and its client would do by themselves (repeat, follow, keep cookies, answer challenges, write the path anew, log
 * headers) is off.
 */
@NullMarked
package dev.caravan.transport.camel.http;

import org.jspecify.annotations.NullMarked;
