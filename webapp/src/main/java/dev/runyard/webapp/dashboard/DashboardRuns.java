package dev.runyard.webapp.dashboard;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.read.RunView;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/// Finds what an address of the dashboard names, or fails with NotFound.
@Component
public class DashboardRuns {
    private final RunEngine engine;
    private final Environments environments;

    DashboardRuns(RunEngine engine, Environments environments) {
        this.engine = engine;
        this.environments = environments;
    }

    /// Reads the environment of an address.
    public EnvironmentId environment(String text) {
        EnvironmentId id = parse("environment", text, EnvironmentId::parse);
        if (environments.find(id).isEmpty()) {
            throw new NotFound("environment");
        }
        return id;
    }

    RunView find(String environment, String run) {
        return engine.queries().find(environment(environment), runId(run)).orElseThrow(() -> new NotFound("run"));
    }

    RunId runId(String text) {
        return parse("run", text, RunId::parse);
    }

    private static <T> T parse(String what, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            NotFound notFound = new NotFound(what);
            notFound.initCause(e);
            throw notFound;
        }
    }
}
