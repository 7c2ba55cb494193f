package dev.caravan.cli.serve;

import dev.caravan.cli.Desk;
import dev.caravan.cli.Door.Opened;
import dev.caravan.cli.Door.Ports;
import dev.caravan.cli.Exit;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code caravan run}: the worker as a service, until SIGTERM or Ctrl-C. Runs under way end after their batch. */
@Command(name = "run", description = "Run the worker with its schedules until it is stopped.")
public final class RunCommand implements Callable<Integer> {

    private final Desk desk;

    @Option(
            names = "--api-port",
            paramLabel = "PORT",
            description = "Port of the local API on 127.0.0.1. Default: what caravan.yaml says, else any free one.")
    private @Nullable Integer apiPort;

    @Option(
            names = "--management-host",
            paramLabel = "HOST",
            description = "Address of health and metrics; 0.0.0.0 in a pod. Default: ${DEFAULT-VALUE}.")
    private String managementHost = "127.0.0.1";

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            description = "Port of health and metrics; 0 for any free one. Default: what caravan.yaml says, else 9876.")
    private @Nullable Integer managementPort;

    public RunCommand(Desk desk) {
        this.desk = desk;
    }

    private Ports ports() {
        return new Ports(Optional.ofNullable(apiPort), managementHost, Optional.ofNullable(managementPort));
    }

    @Override
    public Integer call() {
        PrintStream err = desk.console().err();
        err.println("caravan starts in " + desk.workspace());
        Opened opened = desk.door().serve(desk.workspace(), ports());
        int mappings = opened.operations().status().size();
        err.println("caravan runs " + mappings + (mappings == 1 ? " mapping of " : " mappings of ") + desk.workspace());
        opened.owner().ifPresent(api -> err.println("  API      " + api + "/api"));
        opened.management().ifPresent(base -> {
            err.println("  health   " + base + "/observe/health");
            err.println("  metrics  " + base + "/observe/metrics");
        });
        desk.console().stay().until(opened::close);
        return Exit.DONE;
    }
}
