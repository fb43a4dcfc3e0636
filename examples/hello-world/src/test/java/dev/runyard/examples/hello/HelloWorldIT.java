package dev.runyard.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.junit.RunyardTest;
import dev.runyard.sdk.client.Run;
import dev.runyard.sdk.client.RunHandle;
import dev.runyard.sdk.client.Runyard;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The task on a server that starts with the test. */
@RunyardTest(tasks = HelloWorld.class)
class HelloWorldIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void greetsOnAServer(Runyard runyard) {
        HelloWorld.Greeting ada = new HelloWorld.Greeting("Ada", 1, null);

        RunHandle<HelloWorld.Reply> run = runyard.trigger(HelloWorld.HELLO, ada);

        assertThat(run.await(PATIENCE).outputOrThrow()).isEqualTo(new HelloWorld.Reply("Hello, Ada!", 2));
        Run seen = runyard.runs().retrieve(run.id());
        assertThat(seen.attemptCount()).isEqualTo(2);
    }
}
