package dev.caravan.transport.file;

import de.siegmar.fastcsv.reader.CsvParseException;
import dev.caravan.row.Digest;
import dev.caravan.transport.Gate;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.StoreAnswer;
import dev.caravan.transport.StoreAnswer.Column;
import dev.caravan.transport.StoreAnswer.Columns;
import dev.caravan.transport.StoreAnswer.Place;
import dev.caravan.transport.StoreAnswer.Refusal;
import dev.caravan.transport.StoreAnswer.Refused;
import dev.caravan.transport.StoreRequest;
import dev.caravan.transport.StoreRequest.Format;
import dev.caravan.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Reads and publishes the files of one folder, which must be there. Publications of one file wait for each other. */
public final class FileTransport implements Transport {

    private final Path folder;
    private final FileSettings settings;
    private final Disk disk;
    private final InstantSource clock;

    /** A transport to a folder, which is looked for when it is first needed. */
    public FileTransport(Path folder, FileSettings settings, InstantSource clock) {
        this(folder, settings, new Disk.Real(), clock);
    }

    FileTransport(Path folder, FileSettings settings, Disk disk, InstantSource clock) {
        this.folder = folder;
        this.settings = settings;
        this.disk = disk;
        this.clock = clock;
    }

    @Override
    public Reply login() {
        try {
            return Files.isDirectory(folder)
                    ? StoreAnswer.of(new Place(place(folder.toRealPath())))
                    : new Reply.NotSent("refused", "its folder is not there", Optional.empty(), 0);
        } catch (IOException failure) {
            return new Reply.NotSent("refused", "its folder cannot be reached", Optional.empty(), 0);
        }
    }

    /** The same for every path that leads to the folder. */
    private static String place(Path real) {
        return "folder-" + new Digest().add(real.toString()).hex().substring(0, 16);
    }

    @Override
    public Reply send(Request request, String account) {
        return send(request, account, Gate.OPEN);
    }

    @Override
    public Reply send(Request asked, String account, Gate gate) {
        StoreRequest request = StoreRequest.of(asked);
        Optional<String> closed = gate.closed();
        if (closed.isPresent()) {
            return held(closed.get());
        }
        try {
            Path real = folder.toRealPath();
            if (!account.isEmpty() && !account.equals(place(real))) {
                return new Reply.NotSent("account", "its path leads to another folder now", Optional.empty(), 0);
            }
            Optional<Format> format = Format.of(request.object());
            if (format.isEmpty() || !isPlain(request.object())) {
                return StoreAnswer.of(new Refused(Refusal.NAME, "it is no name of a file in the folder"));
            }
            return exchange(request, Names.of(real, request.object()), format(format.get(), real), gate);
        } catch (CsvParseException malformed) {
            return Troubles.of(malformed);
        } catch (UncheckedIOException failure) {
            return Troubles.of(failure);
        } catch (IOException failure) {
            return Troubles.of(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return held("stopped");
        }
    }

    private static Reply held(String reason) {
        return new Reply.NotSent(reason, "", Optional.empty(), 0);
    }

    /** Whether a name stays in the folder. The connector takes fewer. */
    private static boolean isPlain(String object) {
        return !object.startsWith(".") && object.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ');
    }

    private FileFormat format(Format format, Path real) {
        return switch (format) {
            case CSV -> new CsvFormat();
            case JSON_LINES -> new JsonLinesFormat();
            case PARQUET -> new ParquetFormat(real, settings);
        };
    }

    private Reply exchange(StoreRequest request, Names names, FileFormat format, Gate gate)
            throws IOException, InterruptedException {
        if (request.change().isEmpty()) {
            return StoreAnswer.of(new Columns(columns(names, format)));
        }
        return Locks.alone(names.lock(), request.timeout(), () -> {
                    Optional<String> late = gate.closed();
                    return late.isPresent()
                            ? held(late.get())
                            : new Publisher(names, request.object(), format, disk, clock)
                                    .publish(request.change().get());
                })
                .orElseGet(() -> new Reply.NotSent("busy", "another process is writing it", Optional.empty(), 0));
    }

    private static List<Column> columns(Names names, FileFormat format) throws IOException {
        if (!Files.exists(names.data()) || Files.size(names.data()) == 0) {
            return List.of();
        }
        return format.columns(names.data());
    }

    @Override
    public void close() {}
}
