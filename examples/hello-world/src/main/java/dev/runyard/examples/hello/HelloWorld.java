package dev.runyard.examples.hello;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.runyard.sdk.Retry;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.TaskContext;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Greets somebody. */
public final class HelloWorld {
    /** The task: all that a deployment needs to know. */
    public static final Task<Greeting, Reply> HELLO = Task.define("hello-world")
            .description("Greets somebody")
            .input(Greeting.class)
            .output(Reply.class)
            .validated()
            .retry(Retry.exponential(3, Duration.ofSeconds(1)))
            .run(HelloWorld::greet);

    private static final long LONGEST_PAUSE_MS = 3_600_000;

    private HelloWorld() {}

    /**
     * @param name whom to greet; "world" where it is absent
     * @param failAttempts how many attempts fail before one succeeds, to see retries
     * @param pauseMs how long the greeting takes, to see a run while it executes
     */
    public record Greeting(
            @JsonPropertyDescription("Whom to greet") @JsonProperty(defaultValue = "Ada") @Nullable
            String name,

            @JsonPropertyDescription("How many attempts fail first") @Nullable
            Integer failAttempts,

            @JsonPropertyDescription("How long the greeting takes, in milliseconds") @Nullable
            Long pauseMs) {}

    /**
     * @param message the greeting
     * @param attempt number of the attempt that succeeded
     */
    public record Reply(String message, int attempt) {}

    private static Reply greet(Greeting greeting, TaskContext context) throws InterruptedException {
        int attempt = context.attempt().number();
        String name = greeting.name() == null ? "world" : greeting.name();
        System.out.println("Attempt " + attempt + " of " + context.run().id());
        if (greeting.failAttempts() != null && attempt <= greeting.failAttempts()) {
            throw new IllegalStateException("attempt " + attempt + " was asked to fail");
        }
        if (greeting.pauseMs() != null) {
            Thread.sleep(Math.min(greeting.pauseMs(), LONGEST_PAUSE_MS));
        }
        context.logger().info("Greeting " + name, Map.of("name", name));
        return new Reply("Hello, " + name + "!", attempt);
    }
}
