package dev.caravan.transport.file;

import dev.caravan.transport.Reply;
import dev.caravan.transport.StoreAnswer;
import dev.caravan.transport.StoreAnswer.Effect;
import dev.caravan.transport.StoreAnswer.Published;
import dev.caravan.transport.StoreAnswer.Refusal;
import dev.caravan.transport.StoreAnswer.Refused;
import dev.caravan.transport.StoreRequest.Change;
import dev.caravan.transport.StoreRequest.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes a file's next generation. In this order, each step durable before the following: the next generation under a name of its own; a
 * manifest that names it beside the present one; the rename, which is the moment of publication; the manifest of the new generation alone.
 * So the file is at any moment one that its manifest names, told by its hash, and who finds an announced generation knows whether it was
 * published. Asked by one thread and process at a time for each file.
 */
final class Publisher {

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final Names names;
    private final String object;
    private final FileFormat format;
    private final Disk disk;
    private final InstantSource clock;

    Publisher(Names names, String object, FileFormat format, Disk disk, InstantSource clock) {
        this.names = names;
        this.object = object;
        this.format = format;
        this.disk = disk;
        this.clock = clock;
    }

    Reply publish(Change change) throws IOException {
        boolean there = Files.exists(names.data()) && Files.size(names.data()) > 0;
        String hash = there ? Hashes.sha256(names.data()) : "";
        Manifest manifest = decided(ManifestJson.read(names.manifest()), hash);
        disk.delete(names.next());
        if (manifest.current()
                .filter(last -> last.applied().contains(change.batch()))
                .isPresent()) {
            return repeated(manifest.number(), there, change);
        }
        Optional<Refused> wrong = wrong(manifest, there, change);
        if (wrong.isPresent()) {
            return StoreAnswer.of(wrong.get());
        }
        if (there
                && manifest.current()
                        .filter(last -> !last.sha256().equals(hash))
                        .isPresent()) {
            LOG.warn("{} was changed by something else since generation {}; that is kept", object, manifest.number());
        }
        try {
            Merged merged = format.merge(there ? Optional.of(names.data()) : Optional.empty(), names.next(), change);
            return switch (merged) {
                case Merged.Not not -> StoreAnswer.of(not.why());
                case Merged.Written same
                when !same.differs() -> StoreAnswer.of(new Published(manifest.number(), same.effects()));
                case Merged.Written written -> published(manifest, change, written);
            };
        } finally {
            // Of one that was announced the bytes may be there already under the other name.
            disk.delete(names.next());
        }
    }

    /** Ends a publication that an earlier process began: it is known by now whether it came to pass. */
    private Manifest decided(Manifest manifest, String hash) throws IOException {
        if (manifest.next().isEmpty()) {
            return manifest;
        }
        boolean published = manifest.next().get().sha256().equals(hash);
        Manifest certain = new Manifest(published ? manifest.next() : manifest.current(), Optional.empty());
        write(certain);
        return certain;
    }

    private Optional<Refused> wrong(Manifest manifest, boolean there, Change change) {
        boolean append = change.mode() == Mode.APPEND;
        if (!there
                && !append
                && manifest.current().filter(last -> last.rows() > 0).isPresent()) {
            return Optional.of(new Refused(
                    Refusal.OBJECT,
                    "it is gone, though its manifest says that it holds rows; put it back, or remove the manifest and"
                            + " reset the mapping to write it anew"));
        }
        return manifest.current()
                .map(Generation::key)
                .filter(key -> !append
                        && !key.isEmpty()
                        && !Set.copyOf(key).equals(Set.copyOf(change.key().fields())))
                .map(key -> new Refused(
                        Refusal.COLUMN,
                        "its rows are known by " + String.join(" + ", key) + ", not by "
                                + String.join(" + ", change.key().fields())));
    }

    /** What is here by now was written then; what the file would not take now it did not take then. */
    private Reply repeated(long generation, boolean there, Change change) throws IOException {
        try {
            Merged again = format.merge(there ? Optional.of(names.data()) : Optional.empty(), names.next(), change);
            List<Effect> effects = again instanceof Merged.Written written
                    ? written.effects().stream()
                            .map(effect -> repeated(effect, change.mode()))
                            .toList()
                    : Collections.nCopies(change.entries().size(), Effect.REPEATED);
            return StoreAnswer.of(new Published(generation, effects));
        } finally {
            disk.delete(names.next());
        }
    }

    private static Effect repeated(Effect now, Mode mode) {
        return switch (now) {
            case UNFIT -> Effect.UNFIT;
            case ABSENT -> mode == Mode.UPDATE ? Effect.ABSENT : Effect.REPEATED;
            case CREATED, CHANGED, DELETED, REPEATED -> Effect.REPEATED;
        };
    }

    private Reply published(Manifest manifest, Change change, Merged.Written written) throws IOException {
        keepRights();
        disk.force(names.next());
        Generation next = new Generation(
                manifest.number() + 1,
                written.rows(),
                Files.size(names.next()),
                Hashes.sha256(names.next()),
                written.columns(),
                change.mode() == Mode.APPEND
                        ? manifest.current().map(Generation::key).orElseGet(List::of)
                        : change.key().fields(),
                clock.instant(),
                Generation.with(manifest.current().map(Generation::applied).orElseGet(List::of), change.batch()));
        write(manifest.announcing(next));
        try {
            disk.rename(names.next(), names.data());
            disk.force(names.folder());
        } catch (IOException unclear) {
            return new Reply.Lost("publish", 1);
        }
        try {
            write(Manifest.at(next));
        } catch (IOException later) {
            // It is published, and whoever publishes next sees that by the hash.
            LOG.warn("the manifest of {} still names two generations", object);
        }
        return StoreAnswer.of(new Published(next.number(), written.effects()));
    }

    private void write(Manifest manifest) throws IOException {
        disk.write(names.nextManifest(), ManifestJson.write(object, manifest));
        disk.force(names.nextManifest());
        disk.rename(names.nextManifest(), names.manifest());
        disk.force(names.folder());
    }

    /** Who could read the present generation can read the next. */
    private void keepRights() throws IOException {
        Path data = names.data();
        PosixFileAttributeView next = Files.getFileAttributeView(names.next(), PosixFileAttributeView.class);
        if (next != null && Files.exists(data)) {
            next.setPermissions(Files.getPosixFilePermissions(data));
        }
    }
}
