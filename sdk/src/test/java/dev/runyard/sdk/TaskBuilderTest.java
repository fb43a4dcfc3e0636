package dev.runyard.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.runyard.protocol.manifest.RetryOptions;
import dev.runyard.protocol.run.MachinePreset;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskBuilderTest {
    @Test
    void keepsAllThatWasSaid() {
        Task<String, Integer> task = Task.define("measure")
                .description("Measures a text")
                .input(String.class)
                .output(Integer.class)
                .retry(Retry.none())
                .queue(TaskQueue.named("texts").withLimit(4))
                .machine(MachinePreset.MICRO)
                .maxDuration(Duration.ofMinutes(2))
                .ttl(Duration.ofHours(1))
                .run((text, context) -> text.length());

        assertThat(task.id()).isEqualTo("measure");
        assertThat(task.inputType()).isEqualTo(String.class);
        assertThat(task.outputType()).isEqualTo(Integer.class);
        assertThat(task.options())
                .isEqualTo(new TaskOptions(
                        "Measures a text",
                        Retry.none(),
                        new TaskQueue("texts", 4),
                        MachinePreset.MICRO,
                        Duration.ofMinutes(2),
                        Duration.ofHours(1),
                        null));
    }

    @Test
    void givesATaskThatSaysNothingTheDefaults() {
        Task<?, ?> task = Task.define("nothing").runWithoutOutput((input, context) -> {});

        assertThat(task.inputType()).isEqualTo(Void.class);
        assertThat(task.outputType()).isEqualTo(Void.class);
        assertThat(task.options().retry()).isNull();
        assertThat(Retry.DEFAULT.toWire().attempts()).isEqualTo(3);
    }

    @Test
    void keepsTypesWithParameters() {
        Task<List<String>, ?> task = Task.define("many")
                .input(new TypeReference<List<String>>() {})
                .runWithoutOutput((names, context) -> {});

        assertThat(task.inputType().getTypeName()).isEqualTo("java.util.List<java.lang.String>");
    }

    @Test
    void refusesBadIds() {
        assertThatIllegalArgumentException().isThrownBy(() -> Task.define(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> Task.define("x".repeat(129)));
        assertThatIllegalArgumentException().isThrownBy(() -> Task.define("a\nb"));
    }

    @Test
    void refusesBadOptions() {
        TaskBuilder<?, ?> builder = Task.define("bad");

        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxDuration(Duration.ofSeconds(4)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.ttl(Duration.ofMillis(10)));
        assertThatIllegalArgumentException().isThrownBy(() -> TaskQueue.limitedTo(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Retry.exponential(0, Duration.ofSeconds(1)));
    }

    @Test
    void refusesToChangeTypesUnderHooks() {
        TaskBuilder<?, ?> builder = Task.define("late").cleanup((input, context) -> {});

        assertThatIllegalStateException()
                .isThrownBy(() -> builder.input(String.class))
                .withMessageContaining("task late: call input(...) before its hooks");
    }

    @Test
    void writesRetriesAsTheServerReadsThem() {
        Retry retry = Retry.exponential(5, Duration.ofSeconds(2))
                .growingBy(3)
                .atMost(Duration.ofSeconds(20))
                .withoutJitter()
                .onOutOfMemory(MachinePreset.LARGE_1X);

        assertThat(retry.toWire().maxAttempts()).isEqualTo(5);
        assertThat(retry.toWire().factor()).isEqualTo(3);
        assertThat(retry.toWire().minTimeoutInMs()).isEqualTo(2_000);
        assertThat(retry.toWire().maxTimeoutInMs()).isEqualTo(20_000);
        assertThat(retry.toWire().randomize()).isFalse();
        assertThat(retry.toWire().outOfMemory()).isEqualTo(new RetryOptions.OutOfMemory("large-1x"));
    }
}
