package dev.caravan.connector.declared.render;

import dev.caravan.row.Digest;
import dev.caravan.transport.Body;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A multipart form of one file (RFC 7578). The boundary is a hash of what is between, which nobody can write into a cell, and the same
 * whenever the same rows are sent.
 */
final class OnePart {

    private static final String LINE = "\r\n";
    private static final String PREFIX = "caravan-";
    private static final int DIGITS = 40;

    private OnePart() {}

    /**
     * The form.
     *
     * @param name the field's name
     * @param contentType the file's media type
     */
    static Body of(String name, String contentType, Body file) {
        String boundary = PREFIX + new Digest().add(file.text()).hex().substring(0, DIGITS);
        String head = "--" + boundary + LINE + "Content-Disposition: form-data; name=\"" + name
                + "\"; filename=\"rows.csv\"" + LINE + "Content-Type: " + contentType + LINE + LINE;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(file.length() + head.length() + 80);
        bytes.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(file.bytes());
        bytes.writeBytes((LINE + "--" + boundary + "--" + LINE).getBytes(StandardCharsets.UTF_8));
        return Body.of(bytes.toByteArray());
    }

    /** The media type of such a form, with its boundary. */
    static String contentType(Body form) {
        String boundary = new String(form.bytes(), 2, PREFIX.length() + DIGITS, StandardCharsets.UTF_8);
        return "multipart/form-data; boundary=" + boundary;
    }
}
