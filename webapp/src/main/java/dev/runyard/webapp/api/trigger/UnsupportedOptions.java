package dev.runyard.webapp.api.trigger;

import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.auth.ApiCaller;
import java.util.List;

/// Refuses options of the public API that this server does not offer.
final class UnsupportedOptions {
    private static final List<String> NAMES =
            List.of("debounce", "parentBatch", "bulkActionId", "externalDeploymentId");

    private UnsupportedOptions() {}

    static void refuse(Options options, ApiCaller caller) {
        NAMES.stream().filter(name -> options.get(name).isPresent()).findFirst().ifPresent(name -> {
            throw unsupported(name, "leave it out");
        });
        if (options.flag("resumeParentOnCompletion").orElse(false)) {
            throw unsupported("resumeParentOnCompletion", "trigger the run without waiting for it");
        }
        options.text("region").ifPresent(region -> {
            String only = caller.environment().workerQueue();
            if (!region.equals(only)) {
                throw ApiException.unprocessable(
                        "There is no region '" + region + "': leave options.region out, or use '" + only + "'.");
            }
        });
    }

    private static ApiException unsupported(String name, String remedy) {
        return ApiException.unprocessable("options." + name + " is not supported by this server: " + remedy + ".");
    }
}
