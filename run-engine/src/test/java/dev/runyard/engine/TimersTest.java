package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.timer.TimerWheel;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimersTest {
    private static final int AT_ONCE = 4;

    private EngineHarness harness;

    @BeforeEach
    void start() {
        harness = EngineHarness.configured(
                TestRedis.shared().uri(), config -> Components.replace(config, "timersAtOnce", AT_ONCE));
        harness.controlPlane.deploy(harness.environment, task("later"));
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private List<RunId> expiring(int runs) {
        return IntStream.range(0, runs)
                .mapToObj(_ -> harness.trigger(TriggerCommand.of(harness.environment, "later")
                        .payload("1")
                        .ttl(Duration.ofSeconds(5))
                        .build()))
                .toList();
    }

    private long expired(List<RunId> runs) {
        return runs.stream()
                .filter(run -> harness.state(run).status() == RunStatus.EXPIRED)
                .count();
    }

    @Test
    void firesSeveralAtTheSameTime() {
        List<RunId> runs = expiring(AT_ONCE);
        CountDownLatch all = new CountDownLatch(AT_ONCE);
        AtomicBoolean met = new AtomicBoolean(true);
        harness.atSyncPoints(point -> {
            if (point == SyncPoint.TIMER_FOUND) {
                all.countDown();
                try {
                    met.compareAndSet(true, all.await(30, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        harness.clock.advance(Duration.ofSeconds(6));
        assertThat(harness.part(TimerWheel.class).fireDue()).isEqualTo(AT_ONCE);
        assertThat(met).isTrue();
        assertThat(expired(runs)).isEqualTo(AT_ONCE);
    }

    @Test
    void firesEachOnceHoweverManyAreDue() {
        List<RunId> runs = expiring(450);
        harness.clock.advance(Duration.ofSeconds(6));
        assertThat(harness.part(TimerWheel.class).fireDue()).isEqualTo(450);
        assertThat(expired(runs)).isEqualTo(450);
        assertThat(harness.part(TimerWheel.class).fireDue()).isZero();
    }

    @Test
    void aTimerThatFailsKeepsNoOtherFromFiring() {
        List<RunId> runs = expiring(20);
        AtomicBoolean failed = new AtomicBoolean();
        harness.atSyncPoints(point -> {
            if (point == SyncPoint.TIMER_FOUND && failed.compareAndSet(false, true)) {
                throw new IllegalStateException("this one fails");
            }
        });
        harness.clock.advance(Duration.ofSeconds(6));
        assertThatThrownBy(() -> harness.part(TimerWheel.class).fireDue()).hasMessage("this one fails");
        assertThat(expired(runs)).isEqualTo(19);
        assertThat(harness.part(TimerWheel.class).fireDue()).isEqualTo(1);
        assertThat(expired(runs)).isEqualTo(20);
    }
}
