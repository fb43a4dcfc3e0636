package dev.runyard.webapp.api.batch;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.batch.BatchView;
import dev.runyard.engine.batch.CreateBatchOutcome;
import dev.runyard.engine.batch.NewBatch;
import dev.runyard.engine.waitpoint.WaitingParent;
import dev.runyard.protocol.id.RunId;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonMembers;
import dev.runyard.webapp.api.shared.RunIds;
import dev.runyard.webapp.api.trigger.OneTimeTokens;
import dev.runyard.webapp.api.trigger.RequestKey;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.auth.Resource;
import dev.runyard.webapp.config.EngineProperties;
import dev.runyard.webapp.config.LimitsProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// Reads what a batch is like, and makes it.
@Component
class ReadBatch {
    private final RunEngine engine;
    private final OneTimeTokens oneTimeTokens;
    private final LimitsProperties limits;
    private final int maxItems;

    ReadBatch(
            RunEngine engine, OneTimeTokens oneTimeTokens, LimitsProperties limits, EngineProperties engineProperties) {
        this.engine = engine;
        this.oneTimeTokens = oneTimeTokens;
        this.limits = limits;
        this.maxItems = engineProperties.batches().maxItems();
    }

    /// A batch that a call made or found.
    ///
    /// @param view the batch
    /// @param isCached whether it is of an earlier call, with its items
    /// @param key the caller's idempotency key, as it came
    record Made(BatchView view, boolean isCached, Optional<String> key) {}

    /// @param expected how many items it will have
    Made make(ApiCaller caller, JsonMembers body, int expected, HttpServletRequest request) {
        if (expected > maxItems) {
            throw ApiException.of(
                    HttpStatus.BAD_REQUEST,
                    "Batch runCount of " + expected + " exceeds maximum allowed of " + maxItems + ".");
        }
        Optional<String> key = key(body, request);
        NewBatch batch = NewBatch.of(caller.environmentId(), expected);
        if (key.isPresent()) {
            String shown = body.object("idempotencyKeyOptions").text("key").orElse(null);
            batch = batch.withKey(new NewBatch.Key(key.get(), shown, null));
        }
        String requestKey = RequestKey.of(request, "batch");
        if (requestKey != null) {
            batch = batch.withRequestKey(requestKey);
        }
        return make(caller, withParent(caller, body, batch), key);
    }

    private Made make(ApiCaller caller, NewBatch batch, Optional<String> key) {
        if (!oneTimeTokens.use(caller, batch.requestKey())) {
            throw ApiException.unprocessable(
                    "Cannot create batch with a one-time use token as it has already been used.");
        }
        return switch (engine.batches().create(batch)) {
            case CreateBatchOutcome.Created(BatchView view, boolean isCached) -> new Made(view, isCached, key);
            case CreateBatchOutcome.Rejected(String sentence) -> {
                oneTimeTokens.giveBack(caller);
                throw ApiException.unprocessable(sentence);
            }
        };
    }

    private Optional<String> key(JsonMembers body, HttpServletRequest request) {
        Optional<String> key = Optional.ofNullable(request.getHeader("idempotency-key"))
                .filter(header -> !header.isBlank())
                .or(() -> body.text("idempotencyKey"));
        if (key.isPresent() && key.get().getBytes(StandardCharsets.UTF_8).length > limits.idempotencyKeyLength()) {
            throw body.invalid("idempotencyKey", "must have at most " + limits.idempotencyKeyLength() + " characters");
        }
        return key;
    }

    private NewBatch withParent(ApiCaller caller, JsonMembers body, NewBatch batch) {
        boolean waits = body.flag("resumeParentOnCompletion").orElse(false);
        Optional<String> text = body.text("parentRunId");
        if (text.isEmpty()) {
            if (waits) {
                throw body.invalid("resumeParentOnCompletion", "needs parentRunId, the run that waits");
            }
            return batch;
        }
        caller.require("write", Resource.of("runs", text.get()));
        RunId parent = RunIds.parse(text.get())
                .flatMap(id -> engine.queries().find(caller.environmentId(), id))
                .filter(run -> {
                    if (run.status().isFinal()) {
                        throw ApiException.unprocessable(
                                "Cannot create batch as the parent run has a status of " + run.status());
                    }
                    return true;
                })
                .orElseThrow(() -> ApiException.unprocessable("Cannot create batch as its parent run '" + text.get()
                        + "' does not exist in this environment"))
                .id();
        return waits ? batch.withWaitingParent(WaitingParent.of(parent)) : batch.withParent(parent);
    }
}
