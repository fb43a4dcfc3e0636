package dev.runyard.examples.patterns;

import dev.runyard.sdk.Task;
import dev.runyard.sdk.run.TokenOptions;
import dev.runyard.sdk.run.TokenResult;
import java.time.Duration;
import java.time.Instant;

/** A task that waits for time and for people. */
public final class Waiting {
    /** Waits an hour, until a date, and for an approval. */
    public static final Task<Instant, String> WAITS = Task.define("task-with-waits")
            .input(Instant.class)
            .output(String.class)
            .run((date, context) -> {
                context.waitFor(Duration.ofHours(1));
                context.waitUntil(date);
                String token = context.createToken(TokenOptions.timeout(Duration.ofHours(1)))
                        .id();
                context.logger().info("Waiting for approval by " + token);
                return switch (context.waitForToken(token, Approval.class)) {
                    case TokenResult.Completed<Approval> completed ->
                        "approved by " + completed.output().by();
                    case TokenResult.TimedOut<Approval> late -> "nobody answered";
                };
            });

    /** Waits for whoever holds a token that the caller made, such as a page with a button. */
    public static final Task<Draft, String> PUBLISH = Task.define("publish-when-approved")
            .input(Draft.class)
            .output(String.class)
            .run((draft, context) -> switch (context.waitForToken(draft.token(), Approval.class)) {
                case TokenResult.Completed<Approval> completed ->
                    draft.title() + " approved by " + completed.output().by();
                case TokenResult.TimedOut<Approval> late -> draft.title() + " was never approved";
            });

    private Waiting() {}

    /**
     * @param title what shall be published
     * @param token the token that is completed by the approval
     */
    public record Draft(String title, String token) {}

    /** @param by who */
    public record Approval(String by) {}
}
