package dev.caravan.cli.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.json.Json;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.config.settings.SandboxFile;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code caravan sandbox --port N}: the sandbox alone, until it is stopped. Its state lives as long as the process. */
@Command(name = "sandbox", description = "Run the local stand-in for destination APIs alone until it is stopped.")
public final class SandboxCommand implements Callable<Integer> {

    private final Desk desk;

    @Option(names = "--port", paramLabel = "N", description = "Port on 127.0.0.1. Default: any free one.")
    private int port;

    @Option(
            names = "--latency",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "Added to every answer, such as 50ms. Default: what sandbox.yaml says, else none.")
    private @Nullable Duration latency;

    public SandboxCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Optional<Path> workspace = desk.maybeWorkspace();
        SandboxSpec declared =
                workspace.map(SandboxSpecs::declaredIn).orElseGet(() -> SandboxSpecs.of(SandboxFile.NONE));
        SandboxSpec spec = latency == null ? declared : declared.withLatency(latency);
        try {
            Sandbox sandbox = Sandbox.start(spec, port);
            announce(
                    sandbox.baseUri(),
                    spec,
                    SandboxExports.of(
                            workspace.map(SandboxSpecs::connectionsOf).orElse(List.of()),
                            new SandboxAccess(sandbox.baseUri(), spec.login())));
            desk.console().stay().until(sandbox::close);
            return Exit.DONE;
        } catch (IOException e) {
            throw new EnvironmentFailure(Problem.of(
                    Code.ENVIRONMENT_PORT,
                    "port " + port + " on 127.0.0.1 cannot be used",
                    "stop what listens there, or choose another with --port"));
        }
    }

    private void announce(URI url, SandboxSpec spec, SandboxExports exports) {
        ObjectNode json = Json.object()
                .put("url", url.toString())
                .put("control", url + "/__sandbox")
                .put("organisation", spec.organisationId());
        ObjectNode variables = json.putObject("exports");
        exports.variables().forEach(variables::put);
        ArrayNode remarks = json.putArray("remarks");
        exports.remarks().forEach(remarks::add);
        desk.answer(json, out -> {
            out.println("sandbox of organisation " + spec.organisationId() + " at " + url);
            out.println("  pages     " + url + "/__sandbox/pages");
            out.println("  state     " + url + "/__sandbox/state");
            out.println("  records   " + url + "/__sandbox/records/Lead");
            out.println("  writes    " + url + "/__sandbox/writes");
            out.println("  faults    POST " + url + "/__sandbox/faults, see docs/sandbox.md");
            out.println("  objects   Account, Campaign, Contact, Lead, Task, and what sandbox.yaml declares");
            if (!exports.variables().isEmpty()) {
                out.println("To sync to it, paste into another terminal:");
            }
            exports.variables().forEach((name, value) -> out.println("export " + name + "=" + value));
            exports.remarks().forEach(remark -> out.println("# " + remark));
        });
    }
}
