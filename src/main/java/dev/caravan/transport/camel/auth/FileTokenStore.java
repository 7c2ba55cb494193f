package dev.caravan.transport.camel.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.problem.DiskFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/**
 * One file a connection, {@code <connection>.token} in a folder, readable by its owner alone. It is written beside, forced to the disk
 * and put in place at once, and so is the folder's entry: after a crash there is the old token or the new one, never half of one.
 */
public final class FileTokenStore implements TokenStore {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    /** Made when there is something to keep. */
    public FileTokenStore(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<String> read(String connection, String configured) {
        Path file = file(connection);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            JsonNode kept = JSON.readTree(Files.readAllBytes(file));
            return kept.path("configured").asText().equals(configured)
                    ? Optional.of(kept.path("token").asText()).filter(token -> !token.isEmpty())
                    : Optional.empty();
        } catch (IOException e) {
            throw DiskFailure.of(what(connection), e.getMessage(), "check the state folder and its disk");
        }
    }

    @Override
    public synchronized void write(String connection, String configured, String token) {
        Path file = file(connection);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(folder, owner("rwx------"));
            Files.deleteIfExists(fresh);
            byte[] kept = JSON.writeValueAsBytes(Map.of("configured", configured, "token", token));
            writeThrough(fresh, kept);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true);
            }
        } catch (IOException e) {
            throw DiskFailure.of(what(connection), e.getMessage(), "check the state folder and its disk");
        }
    }

    private static void writeThrough(Path file, byte[] bytes) throws IOException {
        EnumSet<StandardOpenOption> fresh = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, fresh, owner("rw-------"))) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    private static FileAttribute<?> owner(String rights) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
    }

    private Path file(String connection) {
        if (!connection.matches("[A-Za-z0-9_-][A-Za-z0-9_.-]*")) {
            throw new IllegalArgumentException("a connection's name that is no file's");
        }
        return folder.resolve(connection + ".token");
    }

    private static String what(String connection) {
        return "the refresh token that is kept for connection " + connection;
    }
}
