/** How each kind of connection is opened: which destination speaks, and which transport carries it. */
@NullMarked
package dev.caravan.app.connect;

import org.jspecify.annotations.NullMarked;
