package dev.runyard.webapp.api.trigger;

import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonMembers;
import dev.runyard.webapp.auth.ApiCaller;
import java.util.List;

/// Refuses options of the public API that this server does not offer.
final class UnsupportedOptions {
    /// What the server itself says of the runs that it makes.
    private static final List<String> NAMES = List.of("parentBatch", "bulkActionId");

    private UnsupportedOptions() {}

    static void refuse(JsonMembers options, ApiCaller caller) {
        NAMES.stream().filter(name -> options.get(name).isPresent()).findFirst().ifPresent(name -> {
            throw ApiException.unprocessable("options." + name + " is not supported by this server: leave it out.");
        });
        options.text("region").ifPresent(region -> {
            String only = caller.environment().workerQueue();
            if (!region.equals(only)) {
                throw ApiException.unprocessable(
                        "There is no region '" + region + "': leave options.region out, or use '" + only + "'.");
            }
        });
    }
}
