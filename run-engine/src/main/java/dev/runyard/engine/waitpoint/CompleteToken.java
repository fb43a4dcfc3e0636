package dev.runyard.engine.waitpoint;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.WaitpointId;

/// Completes a token for whoever holds its id. The first output wins; later calls change nothing.
final class CompleteToken {
    private final WaitpointQueries queries;
    private final SettleWaitpoint settle;
    private final WaitsConfig config;

    CompleteToken(WaitpointQueries queries, SettleWaitpoint settle, WaitsConfig config) {
        this.queries = queries;
        this.settle = settle;
        this.config = config;
    }

    CompleteOutcome complete(EnvironmentId environment, WaitpointId id, WaitpointOutput output) {
        if (output.bytes() > config.maxOutputBytes()) {
            return new CompleteOutcome.TooLarge(config.maxOutputBytes());
        }
        return queries.find(environment, id)
                .filter(found -> found.kind() == WaitpointKind.MANUAL)
                .<CompleteOutcome>map(_ -> new CompleteOutcome.Completed(settle.settle(id.value(), output)))
                .orElseGet(CompleteOutcome.Unknown::new);
    }
}
