package dev.caravan.scenario.kill.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Reads a file and its manifest again and again: the manifest is always whole, and the file one that it names. */
final class ManifestReader implements Place.Looking {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path data;
    private final Path manifest;
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> reading;
    private volatile boolean closed;
    private final AtomicLong compared = new AtomicLong();

    ManifestReader(Path folder, String file) {
        this.data = folder.resolve(file);
        this.manifest = folder.resolve(file + ".manifest.json");
        this.reading = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (!closed) {
                    look();
                    Thread.sleep(5);
                }
                reading.complete(null);
            } catch (IOException | InterruptedException e) {
                reading.completeExceptionally(e);
            }
        });
    }

    private void look() throws IOException {
        if (!Files.exists(data)) {
            return;
        }
        byte[] before = Files.readAllBytes(manifest);
        byte[] content = Files.readAllBytes(data);
        // Where another generation was published meanwhile, nobody can say which one this was.
        if (Arrays.equals(before, Files.readAllBytes(manifest))) {
            compared.incrementAndGet();
            JsonNode said = JSON.readTree(before);
            if (!said.findValuesAsText("sha256").contains(sha256(content))) {
                wrong.add(content.length + " bytes that no manifest names: " + said);
            }
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void assertSound() {
        assertThat(reading).isNotDone();
        assertThat(wrong).isEmpty();
        assertThat(compared.get()).isPositive();
    }

    @Override
    public void close() {
        closed = true;
        reading.join();
    }
}
