package dev.caravan.cli.demo;

import dev.caravan.app.api.Servers;
import dev.caravan.app.json.Json;
import dev.caravan.app.json.ReportJson;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.cli.Story;
import dev.caravan.cli.demo.Stage.Play;
import dev.caravan.cli.serve.SandboxSpecs;
import dev.caravan.config.settings.Environment;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * {@code caravan demo}: three days of a small business on the workspace as it came. Everything it uses is made here: a warehouse
 * file from a seed, and the sandbox on a free port. The sandbox's credentials are the placeholders' values, so the demo cannot
 * reach a real organisation whose credentials are in the environment.
 */
public final class DemoStory implements Story {

    private static final long SEED = 20_260_105L;

    private final Stage stage;

    public DemoStory(Stage stage) {
        this.stage = stage;
    }

    @Override
    public int tell(Desk desk, boolean once) {
        PrintStream out = desk.json() ? desk.console().err() : desk.console().out();
        Path root = desk.workspace();
        SandboxSpec spec = SandboxSpecs.declaredIn(root);
        try (Curtain curtain = new Curtain()) {
            Sandbox sandbox = start(spec);
            curtain.after(sandbox::close);
            Environment values = credentials(sandbox, spec);
            DemoWorkspace workspace = DemoWorkspace.of(root, values, sandbox.baseUri());
            DemoState.startAfresh(workspace);
            DemoWarehouse warehouse = new DemoWarehouse(workspace.warehouse(), SEED);
            warehouse.firstDay();
            out.println("Three days of a small business: " + DemoWorkspace.MAPPING + ", its warehouse made with seed "
                    + SEED);
            Play play = stage.open(root, servers(workspace, out), values);
            curtain.after(play.end());
            Days days = new Days(
                    desk, new Narrator(out), play.operations(), warehouse, new Holdings(sandbox, workspace.exports()));
            days.first();
            days.second();
            days.third();
            NextSteps.print(out, sandbox.baseUri(), play, days.reports(), !once);
            if (!once) {
                play.follow().run();
                stay(desk, out, curtain::close);
            }
            if (desk.json()) {
                desk.console()
                        .out()
                        .println(Json.object()
                                .put("seed", SEED)
                                .set("runs", Json.list(days.reports(), ReportJson::write)));
            }
            return Exit.DONE;
        }
    }

    private static void stay(Desk desk, PrintStream out, Runnable end) {
        desk.console().stay().until(() -> {
            end.run();
            out.println("The demo has ended, and its sandbox with it. The next one begins afresh.");
            out.flush();
        });
    }

    private static Sandbox start(SandboxSpec spec) {
        try {
            return Sandbox.start(spec, 0);
        } catch (IOException e) {
            throw new EnvironmentFailure(Problem.of(
                    Code.ENVIRONMENT_PORT,
                    "no port on 127.0.0.1 for the sandbox",
                    "check the limits on sockets and open files"));
        }
    }

    private static Environment credentials(Sandbox sandbox, SandboxSpec spec) {
        Map<String, String> own = Map.of(
                "SALESFORCE_LOGIN_URL", sandbox.baseUri().toString(),
                "SALESFORCE_CLIENT_ID", spec.login().clientId(),
                "SALESFORCE_CLIENT_SECRET", spec.login().clientSecret());
        return name -> Optional.ofNullable(own.get(name)).or(() -> Environment.PROCESS.variable(name));
    }

    private static Servers servers(DemoWorkspace workspace, PrintStream out) {
        int wanted = workspace.config().server().managementPort();
        if (free(wanted)) {
            return new Servers(0, "127.0.0.1", wanted);
        }
        out.println("Port " + wanted + " is taken: health and metrics are on another one, named below.");
        return Servers.quiet();
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
