/** A receiver of webhooks as anyone might write one: it checks the signature and takes a repeated message once. */
@NullMarked
package dev.caravan.sandbox.webhook;

import org.jspecify.annotations.NullMarked;
