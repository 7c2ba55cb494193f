package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.Diagnosis;
import dev.caravan.app.Diagnosis.Finding;
import dev.caravan.app.Diagnosis.Level;
import dev.caravan.app.FakeOperations;
import dev.caravan.app.Samples;
import dev.caravan.app.json.Json;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The program in this JVM, with its streams caught and a fake worker behind the door. */
final class Cli implements Door {

    final FakeOperations operations = new FakeOperations();
    final List<Finding> findings = new ArrayList<>(List.of(new Finding("ledger", Level.OK, "opens")));
    final Map<String, String> env = new HashMap<>();
    final List<Path> opened = new ArrayList<>();
    String stdin = "";
    boolean terminal;
    int closed;
    long nanos;
    Runnable whileStaying = () -> {};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    int run(String... args) {
        out.reset();
        err.reset();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new BufferedReader(new StringReader(stdin)),
                terminal,
                env,
                () -> Samples.NOON,
                () -> nanos += 1_000_000_000L,
                release -> {
                    whileStaying.run();
                    release.run();
                });
        return Caravan.run(console, this, (desk, once) -> once ? 0 : 1, args);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** The one JSON object that stdout must be. */
    JsonNode json() {
        return Json.parse(out());
    }

    private record Doctor(Cli cli) implements Diagnosis {
        @Override
        public List<Finding> findings() {
            return List.copyOf(cli.findings);
        }

        @Override
        public List<Finding> repair() {
            return List.of(
                    new Finding("snapshot of a", Level.REPAIRED, "was: 1 outcome behind the ledger; now: up to it"));
        }
    }

    @Override
    public Opened open(Path workspace) {
        opened.add(workspace);
        return new Opened(
                operations,
                new Doctor(this),
                Optional.of(URI.create("http://127.0.0.1:1")),
                Optional.of(URI.create("http://127.0.0.1:2")),
                () -> closed++);
    }

    @Override
    public Opened serve(Path workspace, Ports ports) {
        return open(workspace);
    }
}
