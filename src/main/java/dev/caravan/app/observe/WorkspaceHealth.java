package dev.caravan.app.observe;

import dev.caravan.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Whether the workspace's files are as they should be. Broken ones leave the worker up and ready, since their last good versions are
 * in use; the check's message then says {@code degraded} and which problems there are.
 */
public final class WorkspaceHealth extends AbstractHealthCheck {

    private final Supplier<List<Problem>> problems;

    public WorkspaceHealth(Supplier<List<Problem>> problems) {
        super("caravan", "workspace");
        this.problems = problems;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<Problem> now = problems.get();
        if (!now.isEmpty()) {
            builder.message("degraded: " + now.stream().map(Problem::oneLine).collect(Collectors.joining(" | ")));
        }
        builder.up();
    }
}
