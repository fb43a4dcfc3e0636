package dev.runyard.examples.patterns;

import dev.runyard.sdk.Retry;
import dev.runyard.sdk.Task;
import java.time.Duration;
import java.util.List;

/** A task with retries of its own. */
public final class ProcessData {
    /** Counts items. */
    public static final Task<Request, Result> PROCESS_DATA = Task.define("process-data")
            .input(Request.class)
            .output(Result.class)
            .retry(Retry.exponential(10, Duration.ofMillis(500))
                    .growingBy(1.8)
                    .atMost(Duration.ofSeconds(30))
                    .withoutJitter())
            .run((request, context) -> {
                System.out.println("Processing " + request.data().size() + " items for user " + request.userId());
                return new Result(request.data().size());
            });

    private ProcessData() {}

    /**
     * @param userId whose
     * @param data what
     */
    public record Request(String userId, List<String> data) {}

    /** @param processed how many */
    public record Result(int processed) {}
}
