package @package@;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.runyard.sdk.testing.InlineRunner;
import org.junit.jupiter.api.Test;

class HelloTaskTest {
    @Test
    void greets() {
        HelloTask.Greeting ada = new HelloTask.Greeting("Ada");
        assertEquals("Hello, Ada!", InlineRunner.create().run(HelloTask.HELLO, ada).output());
    }
}
