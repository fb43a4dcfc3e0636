package dev.runyard.webapp.worker;

import dev.runyard.protocol.worker.CompleteAttemptRequest;
import dev.runyard.protocol.worker.Completion;

/// Refuses completions that the contract does not allow, before the engine decides on one.
final class CompletionCheck {
    private CompletionCheck() {}

    static CompleteAttemptRequest check(CompleteAttemptRequest request) {
        Completion completion = request.completion();
        if (completion == null) {
            throw new WorkerRequestException("Body Error", "completion is missing");
        }
        if (!completion.ok() && completion.error() == null) {
            throw new WorkerRequestException("Body Error", "completion.error is missing, and completion.ok is false");
        }
        if (completion.output() != null && completion.output().indexOf('\0') >= 0) {
            throw new WorkerRequestException("Body Error", "completion.output holds the character U+0000");
        }
        return request;
    }
}
