package dev.runyard.sdk.internal;

import dev.runyard.protocol.trigger.TriggerRequest;
import dev.runyard.protocol.worker.CompletedWaitpoint;
import dev.runyard.sdk.run.TokenOptions;
import dev.runyard.sdk.run.TriggeredBatch;
import dev.runyard.sdk.run.TriggeredRun;
import dev.runyard.sdk.run.WaitToken;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a run asks of its server. A runner calls it over HTTP; the test kit plays it in process. Methods that wait throw
 * {@link dev.runyard.sdk.ConcurrentWaitException} where the run waits already, and
 * {@link dev.runyard.sdk.AttemptStoppedException} where the attempt is stopped meanwhile.
 */
public interface RunServer {

    /** Triggers a run. */
    TriggeredRun trigger(String taskId, TriggerRequest request);

    /**
     * Triggers a run that the current run waits for, and waits.
     *
     * @param triggered is told the run before the wait
     */
    CompletedWaitpoint triggerAndWait(String taskId, TriggerRequest request, Consumer<TriggeredRun> triggered);

    /** Triggers runs; their parent is in {@code parentRunId}. */
    TriggeredBatch batch(List<BatchLine> lines, String parentRunId);

    /**
     * Triggers runs that the current run waits for, and waits; what it gets carries indexes.
     *
     * @param triggered is told the batch before the wait
     */
    List<CompletedWaitpoint> batchAndWait(
            List<BatchLine> lines, String parentRunId, Consumer<TriggeredBatch> triggered);

    /** Waits until a moment. */
    void waitUntil(Instant moment);

    /** Makes a token. */
    WaitToken createToken(TokenOptions options);

    /** Waits for a token. */
    CompletedWaitpoint waitForToken(String tokenId);

    /** Completes a token with a value as JSON. */
    void completeToken(String tokenId, @Nullable String json);

    /** Labels the current run. */
    void addTags(List<String> tags);

    /**
     * Changes metadata.
     *
     * @throws Refused where the same call cannot succeed later
     */
    void updateMetadata(MetadataChanges changes);

    /** A call that cannot succeed later. */
    final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        /**
         * @param message the server's sentence
         * @param cause the refusal as the client knows it
         */
        public Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * One run of a batch.
     *
     * @param task its task
     * @param request payload and options
     */
    record BatchLine(String task, TriggerRequest request) {}
}
