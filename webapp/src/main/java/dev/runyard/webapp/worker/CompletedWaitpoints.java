package dev.runyard.webapp.worker;

import dev.runyard.engine.waitpoint.CompletedWait;
import dev.runyard.engine.waitpoint.Waitpoint;
import dev.runyard.engine.waitpoint.WaitpointKind;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.worker.CompletedWaitpoint;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a run got from a wait, in the words of the worker contract.
final class CompletedWaitpoints {
    private CompletedWaitpoints() {}

    static List<CompletedWaitpoint> of(List<CompletedWait> waits) {
        return waits.stream().map(CompletedWaitpoints::of).toList();
    }

    private static CompletedWaitpoint of(CompletedWait wait) {
        Waitpoint waitpoint = wait.waitpoint();
        return new CompletedWaitpoint(
                waitpoint.id().body(),
                wait.index(),
                waitpoint.id(),
                waitpoint.kind().name(),
                Objects.requireNonNullElse(waitpoint.completedAt(), Instant.EPOCH),
                waitpoint.idempotencyKey(),
                byRun(wait),
                waitpoint.dueAt(),
                waitpoint.kind() == WaitpointKind.BATCH
                        ? byBatch(new BatchId(waitpoint.id().value()))
                        : null,
                waitpoint.output().text(),
                waitpoint.output().type(),
                waitpoint.output().isError());
    }

    private static CompletedWaitpoint.@Nullable ByRun byRun(CompletedWait wait) {
        if (wait.waitpoint().kind() != WaitpointKind.RUN) {
            return null;
        }
        RunId run = new RunId(wait.waitpoint().id().value());
        return new CompletedWaitpoint.ByRun(run.body(), run, wait.batchId() == null ? null : byBatch(wait.batchId()));
    }

    private static CompletedWaitpoint.ByBatch byBatch(BatchId batch) {
        return new CompletedWaitpoint.ByBatch(batch.body(), batch);
    }
}
