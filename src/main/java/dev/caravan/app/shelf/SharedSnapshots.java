package dev.caravan.app.shelf;

import dev.caravan.mapping.MappingId;
import dev.caravan.pipeline.Shelf;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots of workers that share a ledger. Each worker's engine works on files of its own; a run first fetches what a newer epoch of
 * another worker put on the shared storage, and puts its own there at its end. A worker that lost its lease can put only an older number
 * there, which nobody reads once there is a newer.
 */
public final class SharedSnapshots implements Shelf {

    private static final Logger LOG = LoggerFactory.getLogger(SharedSnapshots.class);

    private final Path own;
    private final Path shared;

    /**
     * A shelf.
     *
     * @param own the folder of this worker's engine
     * @param shared the folder that all workers see
     */
    public SharedSnapshots(Path own, Path shared) {
        this.own = own;
        this.shared = shared;
    }

    @Override
    public void fetch(MappingId mapping, long epoch) {
        try {
            Files.createDirectories(own);
            SharedFolder shelf = shelf(mapping);
            Note note = Note.read(note(mapping));
            String age = shelf.age();
            OptionalLong newest = shelf.newest();
            boolean past = !note.age().equals(age);
            if (past) {
                drop(mapping);
            }
            if (newest.isPresent() && (past || newest.getAsLong() > note.epoch())) {
                take(shelf.file(newest.getAsLong()), mapping);
            }
            // From here on the file here may be newer than any on the shelf.
            new Note(epoch, age).write(note(mapping));
        } catch (IOException failure) {
            throw failed(mapping, "fetched", failure);
        }
    }

    /** Over what is here, whose log is of no use without its file. */
    private void take(Path newer, MappingId mapping) throws IOException {
        Path fetched = own.resolve(mapping.fileName() + ".fetched");
        Files.copy(newer, fetched, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(log(mapping));
        Files.move(fetched, file(mapping), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void publish(MappingId mapping, long epoch) {
        try {
            SharedFolder shelf = shelf(mapping);
            boolean stale = shelf.newest().orElse(0) >= epoch
                    || !Note.read(note(mapping)).equals(new Note(epoch, shelf.age()));
            // A log beside it says that the file alone is not whole.
            if (!stale && Files.exists(file(mapping)) && !Files.exists(log(mapping))) {
                shelf.put(file(mapping), epoch);
            }
        } catch (IOException failure) {
            LOG.warn(
                    "the snapshot of {} was not put on the shared storage ({}); others make up for it from the ledger",
                    mapping,
                    failure.getClass().getSimpleName());
        }
    }

    /** Makes the file here the newest that any worker has. Outside of runs. */
    void current(MappingId mapping) {
        try {
            long known = Note.read(note(mapping)).epoch();
            fetch(mapping, Math.max(known, shelf(mapping).newest().orElse(0)));
        } catch (IOException failure) {
            throw failed(mapping, "read", failure);
        }
    }

    /** Puts the file here in place of all that any worker has. Outside of runs; what a run elsewhere leaves meanwhile is not read. */
    void replace(MappingId mapping) {
        try {
            SharedFolder shelf = shelf(mapping);
            long epoch = Note.read(note(mapping)).epoch();
            shelf.startAfresh();
            new Note(epoch, shelf.age()).write(note(mapping));
            if (Files.exists(file(mapping)) && !Files.exists(log(mapping))) {
                shelf.put(file(mapping), epoch);
            }
        } catch (IOException failure) {
            throw failed(mapping, "replaced", failure);
        }
    }

    /** Before a mapping starts afresh: nobody goes on with what there was. */
    void reset(MappingId mapping) {
        try {
            shelf(mapping).startAfresh();
        } catch (IOException failure) {
            throw failed(mapping, "deleted", failure);
        }
    }

    private void drop(MappingId mapping) throws IOException {
        Files.deleteIfExists(log(mapping));
        Files.deleteIfExists(file(mapping));
    }

    private static EnvironmentFailure failed(MappingId mapping, String what, IOException failure) {
        return new EnvironmentFailure(Problem.of(
                Code.STATE_IO,
                "the shared snapshot of " + mapping + " cannot be " + what + " ("
                        + failure.getClass().getSimpleName() + ")",
                "see that state.snapshots is mounted, has room, and who may read and write there"));
    }

    private SharedFolder shelf(MappingId mapping) {
        return new SharedFolder(shared.resolve(mapping.fileName()));
    }

    private Path file(MappingId mapping) {
        return own.resolve(mapping.fileName() + ".duckdb");
    }

    private Path log(MappingId mapping) {
        return own.resolve(mapping.fileName() + ".duckdb.wal");
    }

    private Path note(MappingId mapping) {
        return own.resolve(mapping.fileName() + ".epoch");
    }
}
