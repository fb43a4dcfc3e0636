package dev.runyard.webapp.api.run;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.read.RunDetail;
import dev.runyard.engine.read.RunView;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.RunIds;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.auth.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// Finds runs that a caller may see. A run of another environment is as unknown as one that does not exist.
@Component
public class RunAccess {
    private final RunEngine engine;

    RunAccess(RunEngine engine) {
        this.engine = engine;
    }

    /// Returns a run that the caller may read.
    ///
    /// @throws ApiException where there is none
    public RunDetail readable(ApiCaller caller, String run) {
        Optional<RunDetail> detail =
                RunIds.parse(run).flatMap(id -> engine.queries().detail(caller.environmentId(), id));
        if (detail.isEmpty()) {
            requireForUnknown(caller, "read", run);
            throw ApiException.of(HttpStatus.NOT_FOUND, "Not found");
        }
        caller.require("read", resources(detail.get().view()));
        return detail.get();
    }

    /// A token that may not see a run must not learn whether it exists.
    static void requireForUnknown(ApiCaller caller, String action, String run) {
        caller.require(action, Resource.of("runs", run));
    }

    /// Returns what a run is in the words of scopes.
    static Resource[] resources(RunView run) {
        List<Resource> resources = new ArrayList<>();
        resources.add(Resource.of("runs", run.id().toString()));
        resources.add(Resource.of("tasks", run.taskId()));
        run.tags().forEach(tag -> resources.add(Resource.of("tags", tag)));
        if (run.batch() != null) {
            resources.add(Resource.of("batch", run.batch().toString()));
        }
        return resources.toArray(Resource[]::new);
    }
}
