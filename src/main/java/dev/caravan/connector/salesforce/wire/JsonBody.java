package dev.caravan.connector.salesforce.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.transport.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** JSON bodies: written as a stream, read strictly, so that a cut or doubled answer is no answer. Safe for many threads. */
public final class JsonBody {

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .readerFor(JsonNode.class);

    private static final JsonFactory WRITER = new JsonFactory();

    private JsonBody() {}

    /** Writes into a generator. */
    @FunctionalInterface
    public interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /** The body's JSON; empty if it is not exactly one well-formed value. */
    public static Optional<JsonNode> read(Body body) {
        try {
            JsonNode node = READER.readTree(body.bytes());
            return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }

    /** A body of what the content writes, in UTF-8. */
    public static Body write(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = WRITER.createGenerator(bytes)) {
            content.write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a byte array takes all bytes", impossible);
        }
        return Body.of(bytes.toByteArray());
    }
}
