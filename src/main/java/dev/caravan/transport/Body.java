package dev.caravan.transport;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The bytes of a request or an answer. Immutable by convention: nobody writes to what {@link #bytes} returns. */
public final class Body {

    /** No bytes. */
    public static final Body EMPTY = new Body(new byte[0]);

    private final byte[] bytes;
    private volatile @Nullable Readout<?> last;

    /** What a reader made of the bytes. */
    private record Readout<T>(Function<Body, T> reader, T read) {}

    private Body(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A body of these bytes, not copied. */
    public static Body of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Body(bytes);
    }

    /** A body of this text in UTF-8. */
    public static Body of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes, not copied. */
    public byte[] bytes() {
        return bytes;
    }

    /** The bytes from their start. */
    public InputStream stream() {
        return new ByteArrayInputStream(bytes);
    }

    /** The bytes read as UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * What a reader makes of it. The last one is remembered, so that the same reader, asked again, gives what it gave: what it makes must
     * be left as it is. Threads that ask at once may each read.
     */
    @SuppressWarnings("unchecked") // The same reader made it.
    public <T> T read(Function<Body, T> reader) {
        Readout<?> known = last;
        if (known != null && known.reader().equals(reader)) {
            return (T) known.read();
        }
        T read = reader.apply(this);
        last = new Readout<>(reader, read);
        return read;
    }

    /** How many bytes. */
    public int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Body body && Arrays.equals(bytes, body.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The length alone: bodies hold payloads, and payloads are in no log. */
    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
