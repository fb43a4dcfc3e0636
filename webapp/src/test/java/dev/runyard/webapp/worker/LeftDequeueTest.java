package dev.runyard.webapp.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.claim.ClaimRequest;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.RunId;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Deployments;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class LeftDequeueTest extends WebappTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Autowired
    private RunEngine engine;

    @Autowired
    private HandOut handOut;

    private final String name = "supervisor-" + UUID.randomUUID();

    @Test
    void endsTheWaitOfAPredecessor() {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<List<ClaimedRun>> left =
                    CompletableFuture.supplyAsync(() -> handOut.take("main", request("empty-" + name)), callers);
            await().pollDelay(Duration.ofMillis(200)).until(() -> !left.isDone());

            handOut.connected("main", name);

            await().atMost(Duration.ofSeconds(5)).until(left::isDone);
            assertThat(left.join()).isEmpty();
        }
    }

    @Test
    void givesTheNextCallWhatDidNotArrive() {
        ClaimedRun lost = claim(trigger());

        handOut.keep("main", name, List.of(lost));

        assertThat(handOut.take("other", new ClaimRequest("empty-" + name, name, 1, Duration.ZERO)))
                .isEmpty();
        assertThat(handOut.take("main", request("main"))).containsExactly(lost);
    }

    @Test
    void forgetsWhatBelongsToItsWorkerNoMore() {
        ClaimedRun lost = claim(trigger());
        handOut.keep("main", name, List.of(lost));

        engine.cancel(environmentId("stg"), lost.state().runId(), "test");

        assertThat(handOut.take("main", new ClaimRequest("empty-" + name, name, 1, Duration.ZERO)))
                .isEmpty();
    }

    private RunId trigger() {
        String task = "task-" + UUID.randomUUID();
        Deployments.deploy(api("stg"), Deployments.task(task));
        return ((TriggerOutcome.Accepted) engine.trigger(
                        TriggerCommand.of(environmentId("stg"), task).build()))
                .runId();
    }

    private ClaimedRun claim(RunId run) {
        for (int i = 0; i < 100; i++) {
            for (ClaimedRun claimed : engine.claim(new ClaimRequest("main", name, 50, Duration.ofSeconds(2)))) {
                if (claimed.state().runId().equals(run)) {
                    return claimed;
                }
            }
        }
        throw new AssertionError("run " + run + " was not handed out");
    }

    private ClaimRequest request(String workerQueue) {
        return new ClaimRequest(workerQueue, name, 1, LONG);
    }
}
