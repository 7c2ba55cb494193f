package dev.caravan.app.lock;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** Files and folders that nobody but their owner may read, where the file system knows such a thing. */
public final class OwnerOnly {

    private OwnerOnly() {}

    /** Makes a folder, mode 0700; one that is there stays as it is. */
    public static void directory(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path, attributes(path, "rwx------"));
        }
    }

    /** Makes a file, mode 0600, and gives that mode to one that is there. */
    static void file(Path path) throws IOException {
        try {
            Files.createFile(path, attributes(path, "rw-------"));
        } catch (FileAlreadyExistsException e) {
            if (posix(path)) {
                Set<PosixFilePermission> wanted = PosixFilePermissions.fromString("rw-------");
                if (!Files.getPosixFilePermissions(path).equals(wanted)) {
                    Files.setPosixFilePermissions(path, wanted);
                }
            }
        }
    }

    /** Takes every right of others from a file or folder that is there; what belongs to another user stays as it is. */
    public static void tighten(Path path) throws IOException {
        if (!posix(path)) {
            return;
        }
        Set<PosixFilePermission> wanted =
                PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwx------" : "rw-------");
        if (!Files.getPosixFilePermissions(path).equals(wanted)) {
            try {
                Files.setPosixFilePermissions(path, wanted);
            } catch (FileSystemException e) {
                LoggerFactory.getLogger(OwnerOnly.class).debug("{} belongs to another user", path);
            }
        }
    }

    private static FileAttribute<?>[] attributes(Path path, String mode) {
        return posix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
