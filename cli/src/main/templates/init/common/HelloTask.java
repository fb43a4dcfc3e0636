package @package@;

import dev.runyard.sdk.Retry;
import dev.runyard.sdk.Task;
import java.time.Duration;
import java.util.Map;

/** A first task. */
public final class HelloTask {
    /** Greets somebody. */
    public static final Task<Greeting, String> HELLO = Task.define("hello")
            .input(Greeting.class)
            .output(String.class)
            .validated()
            .retry(Retry.exponential(3, Duration.ofSeconds(1)))
            .run((greeting, context) -> {
                context.logger().info("Greeting somebody", Map.of("name", greeting.name()));
                return "Hello, " + greeting.name() + "!";
            });

    private HelloTask() {}

    /** @param name whom to greet */
    public record Greeting(String name) {}
}
