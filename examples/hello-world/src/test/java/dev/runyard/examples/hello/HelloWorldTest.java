package dev.runyard.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.examples.hello.HelloWorld.Greeting;
import dev.runyard.examples.hello.HelloWorld.Reply;
import dev.runyard.sdk.testing.InlineRunner;
import org.junit.jupiter.api.Test;

class HelloWorldTest {
    @Test
    void greets() {
        assertThat(InlineRunner.create()
                        .run(HelloWorld.HELLO, new Greeting("Ada", null, null))
                        .output())
                .isEqualTo(new Reply("Hello, Ada!", 1));
    }

    @Test
    void greetsTheWorldWhereNobodyIsNamed() {
        assertThat(InlineRunner.create().runJson(HelloWorld.HELLO, "{}").output())
                .isEqualTo(new Reply("Hello, world!", 1));
    }

    @Test
    void succeedsAfterTheFailuresThatWereAskedFor() {
        assertThat(InlineRunner.create()
                        .run(HelloWorld.HELLO, new Greeting("Ada", 2, 1L))
                        .output())
                .isEqualTo(new Reply("Hello, Ada!", 3));
        assertThat(InlineRunner.create()
                        .run(HelloWorld.HELLO, new Greeting("Ada", 3, null))
                        .succeeded())
                .isFalse();
    }
}
