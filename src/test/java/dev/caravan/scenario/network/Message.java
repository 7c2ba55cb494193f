package dev.caravan.scenario.network;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A request or an answer of HTTP/1.1 as it is on the wire.
 */
final class Message {

    private static final String LENGTH = "content-length";

    private final byte[] head;
    private final byte[] body;

    private Message(byte[] head, byte[] body) {
        this.head = head;
        this.body = body;
    }

    /** Up to and with the empty line. */
    byte[] head() {
        return head;
    }

    /** The rest, chunks with their sizes. */
    byte[] body() {
        return body;
    }

    /** The next message; empty if the other side has nothing more to say. */
    static Optional<Message> read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!endsHead(head)) {
            int next = in.read();
            if (next < 0) {
                if (head.size() == 0) {
                    return Optional.empty();
                }
                throw new EOFException("in a head");
            }
            head.write(next);
        }
        Message bare = new Message(head.toByteArray(), new byte[0]);
        int length = Integer.parseInt(bare.header(LENGTH).orElse("0"));
        boolean chunked = bare.header("transfer-encoding").isPresent();
        return Optional.of(new Message(bare.head, chunked ? chunks(in) : whole(in, length)));
    }

    private static boolean endsHead(ByteArrayOutputStream head) {
        return head.size() >= 4 && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n");
    }

    private static byte[] whole(InputStream in, int length) throws IOException {
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("in a body");
        }
        return body;
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size;
        do {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            while (!line.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n")) {
                line.write(whole(in, 1));
            }
            body.write(line.toByteArray());
            size = Integer.parseInt(line.toString(StandardCharsets.ISO_8859_1).strip(), 16);
            body.write(whole(in, size + 2));
        } while (size > 0);
        return body.toByteArray();
    }

    byte[] wire() {
        return joined(head, body);
    }

    static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** The first value of a header. */
    Optional<String> header(String name) {
        return headText()
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    private String headText() {
        return new String(head, StandardCharsets.ISO_8859_1);
    }

    /** The first line with its end. */
    byte[] firstLine() {
        String text = headText();
        return text.substring(0, text.indexOf('\n') + 1).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** An answer's status. */
    int status() {
        return Integer.parseInt(headText().split(" ", 3)[1]);
    }

    /** The same with another body that its head announces rightly. */
    Message with(byte[] other) {
        String told = headText().replaceFirst("(?i)" + LENGTH + ":[^\r]*", "Content-Length: " + other.length);
        return new Message(told.getBytes(StandardCharsets.ISO_8859_1), other);
    }

    /** The same head with another body, whatever the head says. */
    Message over(byte[] other) {
        return new Message(head, other);
    }

    /** The same in two chunks; a message without a body stays as it is. */
    Message inChunks() {
        if (body.length < 2) {
            return this;
        }
        String told = headText().replaceFirst("(?i)" + LENGTH + ":[^\r]*", "Transfer-Encoding: chunked");
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        int half = body.length / 2;
        chunk(chunks, Arrays.copyOfRange(body, 0, half));
        chunk(chunks, Arrays.copyOfRange(body, half, body.length));
        chunk(chunks, new byte[0]);
        return new Message(told.getBytes(StandardCharsets.ISO_8859_1), chunks.toByteArray());
    }

    private static void chunk(ByteArrayOutputStream out, byte[] bytes) {
        out.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(bytes);
        out.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }
}
