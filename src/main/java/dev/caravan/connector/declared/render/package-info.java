/**
 * From writes to requests: which rows go together, what each request carries, and which rows cannot be sent at all. Those are settled here,
 * before anything is sent, so that they break no other row's request.
 */
@NullMarked
package dev.caravan.connector.declared.render;

import org.jspecify.annotations.NullMarked;
