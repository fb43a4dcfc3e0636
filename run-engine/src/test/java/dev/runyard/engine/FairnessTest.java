package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FairnessTest {
    @Test
    @Shows({"FS-1", "FS-6"})
    void servesEnvironmentsInTurnHoweverMuchOneHasQueued() {
        try (EngineHarness harness = EngineHarness.create(TestRedis.shared().uri())) {
            EnvironmentId busy = harness.environment;
            EnvironmentId quiet = harness.controlPlane.addEnvironment("PRODUCTION", 100);
            harness.controlPlane.deploy(busy, task("work"));
            harness.controlPlane.deploy(quiet, task("work"));
            harness.engine.refreshLimits(quiet);
            for (int i = 0; i < 50; i++) {
                harness.trigger(TriggerCommand.of(busy, "work").build());
            }
            harness.trigger(TriggerCommand.of(quiet, "work").build());
            Set<EnvironmentId> served = new HashSet<>();
            for (int i = 0; i < 2; i++) {
                harness.clock.advance(Duration.ofMillis(1));
                served.add(harness.claim().map(ClaimedRun::state).orElseThrow().environmentId());
            }
            assertThat(served).containsExactlyInAnyOrder(busy, quiet);
        }
    }
}
