package dev.caravan.cli.ask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.Diagnosis.Finding;
import dev.caravan.app.Diagnosis.Level;
import dev.caravan.app.json.FindingJson;
import dev.caravan.app.json.Json;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Door.Opened;
import dev.caravan.cli.Exit;
import dev.caravan.cli.text.FindingsText;
import dev.caravan.problem.CaravanException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code caravan doctor}: whether everything that a sync needs is there, and what is stored can be right. Exits 3 if something is missing,
 * 1 if what is stored contradicts itself.
 */
@Command(
        name = "doctor",
        description =
                "Check what a sync needs: Java, disk, workspace, state, connections; and that what is stored is right.")
public final class DoctorCommand implements Callable<Integer> {

    private final Desk desk;

    @Option(names = "--repair", description = "First do what is provably safe, such as what the next run would.")
    private boolean repair;

    public DoctorCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Path workspace = desk.workspace();
        List<Finding> findings = new ArrayList<>(Machine.findings(workspace));
        try (Opened opened = desk.door().open(workspace)) {
            if (repair) {
                List<Finding> repaired = opened.diagnosis().repair();
                findings.addAll(
                        repaired.isEmpty()
                                ? List.of(new Finding("repair", Level.OK, "nothing was to be repaired; upkeep is done"))
                                : repaired);
            }
            findings.addAll(opened.diagnosis().findings());
        } catch (CaravanException failure) {
            failure.problems()
                    .forEach(problem -> findings.add(new Finding("workspace", Level.BROKEN, problem.oneLine())));
        }
        ObjectNode json = Json.object();
        json.set("findings", Json.list(findings, FindingJson::write));
        desk.answer(json, out -> FindingsText.print(out, findings));
        return Exit.worst(findings.stream().mapToInt(finding -> switch (finding.level()) {
            case OK, REPAIRED, WARNING -> Exit.DONE;
            case BROKEN -> Exit.ENVIRONMENT;
            case WRONG -> Exit.FAILED;
        }));
    }
}
