package dev.caravan.cli.serve;

import dev.caravan.app.connect.Catalogues;
import dev.caravan.config.LoadResult;
import dev.caravan.config.SchemaCache;
import dev.caravan.config.Workspace;
import dev.caravan.config.settings.Connection;
import dev.caravan.config.settings.Environment;
import dev.caravan.config.settings.SandboxFile;
import dev.caravan.config.settings.SandboxFile.FieldEntry;
import dev.caravan.config.settings.SandboxFile.ObjectEntry;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Problem;
import dev.caravan.sandbox.spec.FieldKind;
import dev.caravan.sandbox.spec.FieldSpec;
import dev.caravan.sandbox.spec.FieldSpecBuilder;
import dev.caravan.sandbox.spec.Login;
import dev.caravan.sandbox.spec.ObjectSpec;
import dev.caravan.sandbox.spec.Quirks;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

/** The sandbox that a {@code sandbox.yaml} asks for: what the file says, and the sandbox's own defaults for the rest. */
public final class SandboxSpecs {

    private SandboxSpecs() {}

    /**
     * The sandbox that a workspace declares; problems of its other files are no matter here.
     *
     * @throws InvalidInput with everything that is wrong in sandbox.yaml
     */
    public static SandboxSpec declaredIn(Path workspace) {
        LoadResult result = load(workspace);
        List<Problem> problems = result.problems().stream()
                .filter(problem ->
                        problem.place() != null && problem.place().file().equals("sandbox.yaml"))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidInput(problems);
        }
        return of(result.sandbox());
    }

    /** The connections of a workspace; none while its caravan.yaml is not sound. */
    static Collection<Connection> connectionsOf(Path workspace) {
        LoadResult result = load(workspace);
        return result.configSound() ? result.config().connections().all() : List.of();
    }

    private static LoadResult load(Path workspace) {
        return new Workspace(
                        workspace,
                        Environment.PROCESS,
                        InstantSource.system(),
                        () -> Catalogues.of(workspace),
                        SchemaCache::lookup)
                .load();
    }

    /** What to start. */
    public static SandboxSpec of(SandboxFile file) {
        SandboxSpec usual = SandboxSpec.defaults();
        return new SandboxSpec(
                file.organisation().orElse(usual.organisationId()),
                login(file, usual.login()),
                file.latency().orElse(usual.latency()),
                file.dailyLimit().orElse(usual.dailyLimit()),
                file.seed().orElse(usual.seed()),
                quirks(file.quirks(), usual.quirks()),
                file.objects().stream().map(SandboxSpecs::object).toList(),
                usual.settings());
    }

    private static Login login(SandboxFile file, Login usual) {
        return new Login(
                file.clientId().orElse(usual.clientId()),
                file.clientSecret().orElse(usual.clientSecret()),
                file.tokenLifetime().orElse(usual.tokenLifetime()),
                file.newLoginEndsOlder().orElse(usual.newLoginEndsOlder()),
                file.username().orElse(usual.username()),
                file.certificate().or(usual::certificate));
    }

    private static Quirks quirks(SandboxFile.Quirks said, Quirks usual) {
        return new Quirks(
                said.badRecordFailsRequest().orElse(usual.badRecordFailsRequest()),
                said.limitInfo().orElse(usual.limitInfo()),
                said.bulkBatchTime().orElse(usual.bulkBatchTime()),
                said.bulkBatchRows().orElse(usual.bulkBatchRows()));
    }

    private static ObjectSpec object(ObjectEntry entry) {
        return new ObjectSpec(
                entry.name(), entry.fields().stream().map(SandboxSpecs::field).toList(), entry.recordTypes());
    }

    private static FieldSpec field(FieldEntry entry) {
        FieldSpecBuilder field = FieldSpec.builder(
                        entry.name(), FieldKind.valueOf(entry.type().name()))
                .required(entry.required())
                .externalId(entry.externalId())
                .unique(entry.unique())
                .caseSensitive(entry.caseSensitive())
                .values(entry.values())
                .restricted(entry.restricted())
                .defaultValue(entry.byDefault().orElse(null))
                .references(entry.references().orElse(null));
        entry.label().ifPresent(field::label);
        entry.length().ifPresent(field::length);
        entry.precision().ifPresent(field::precision);
        entry.scale().ifPresent(field::scale);
        return field.build();
    }
}
