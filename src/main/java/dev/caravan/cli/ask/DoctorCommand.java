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

/** {@code caravan doctor}: whether everything that a sync needs is there. Exits 3 if something is not. */
@Command(name = "doctor", description = "Check what a sync needs: Java, disk, workspace, state, connections.")
public final class DoctorCommand implements Callable<Integer> {

    private final Desk desk;

    public DoctorCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Path workspace = desk.workspace();
        List<Finding> findings = new ArrayList<>(Machine.findings(workspace));
        try (Opened opened = desk.door().open(workspace)) {
            findings.addAll(opened.diagnosis().findings());
        } catch (CaravanException failure) {
            failure.problems()
                    .forEach(problem -> findings.add(new Finding("workspace", Level.BROKEN, problem.oneLine())));
        }
        ObjectNode json = Json.object();
        json.set("findings", Json.list(findings, FindingJson::write));
        desk.answer(json, out -> FindingsText.print(out, findings));
        return findings.stream().anyMatch(finding -> finding.level() == Level.BROKEN) ? Exit.ENVIRONMENT : Exit.DONE;
    }
}
