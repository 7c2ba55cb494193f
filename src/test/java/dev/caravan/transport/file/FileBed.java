package dev.caravan.transport.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.mapping.TargetKey;
import dev.caravan.row.Value;
import dev.caravan.transport.Reply;
import dev.caravan.transport.StoreAnswer;
import dev.caravan.transport.StoreAnswer.Effect;
import dev.caravan.transport.StoreAnswer.Published;
import dev.caravan.transport.StoreRequest;
import dev.caravan.transport.StoreRequest.Change;
import dev.caravan.transport.StoreRequest.Entry;
import dev.caravan.transport.StoreRequest.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A folder with a transport to it. */
final class FileBed {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final FileSettings settings;
    private int batches;

    FileBed(Path root) throws IOException {
        this.folder = Files.createDirectories(root.resolve("out"));
        this.settings = new FileSettings(
                "256MB", 1, Files.createDirectories(root.resolve("temp")).toRealPath());
    }

    Path folder() {
        return folder;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    FileTransport transport() {
        return transport(new Disk.Real());
    }

    FileTransport transport(Disk disk) {
        return new FileTransport(folder, settings, disk, () -> Instant.parse("2026-11-23T04:00:00Z"));
    }

    Change change(Mode mode, Entry... entries) {
        return new Change(mode, "batch-" + ++batches, TargetKey.of("id"), List.of(entries));
    }

    static Reply send(FileTransport transport, String file, Change change) {
        return transport.send(StoreRequest.publish(file, change, PATIENCE), "");
    }

    List<Effect> publish(String file, Mode mode, Entry... entries) {
        return effects(send(transport(), file, change(mode, entries)));
    }

    static List<Effect> effects(Reply reply) {
        assertThat(reply).isInstanceOf(StoreAnswer.class);
        assertThat(((StoreAnswer) reply).told()).isInstanceOf(Published.class);
        return ((Published) ((StoreAnswer) reply).told()).effects();
    }

    static Entry row(Object key, Object... fields) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            values.put((String) fields[i], value(fields[i + 1]));
        }
        return new Entry(value(key), values, "dedupe-" + key);
    }

    static Value value(Object of) {
        return switch (of) {
            case Value value -> value;
            case String text -> new Value.Text(text);
            case Integer number -> new Value.Int(number);
            case Boolean truth -> new Value.Bool(truth);
            default -> throw new IllegalArgumentException();
        };
    }

    String text(String file) throws IOException {
        return Files.readString(file(file));
    }

    Manifest manifest(String file) throws IOException {
        return ManifestJson.read(file(file + ".manifest.json"));
    }
}
