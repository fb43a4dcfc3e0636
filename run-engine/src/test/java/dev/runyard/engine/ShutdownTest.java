package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.runyard.testkit.redis.TestRedis;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ShutdownTest {
    @Test
    @Shows("SH-1")
    void endsQuicklyAndLeavesNothingBehind() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        try (TestRedis redis = TestRedis.start();
                EngineHarness harness = EngineHarness.create(redis.uri());
                RedisClient observer = RedisClient.create(redis.uri());
                var connection = observer.connect()) {
            harness.controlPlane.deploy(harness.environment, task("work"));
            harness.engine.start();
            harness.trigger("work");
            long start = System.nanoTime();
            harness.engine.close();
            harness.engine.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                assertThat(connection.sync().clientList().lines().filter(line -> !line.isBlank()))
                        .hasSize(1);
                assertThat(engineThreads()).isEmpty();
            });
            assertThat(harness.pool().getHikariPoolMXBean().getActiveConnections())
                    .isZero();
        } finally {
            root.detachAppender(log);
        }
        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .filteredOn(event -> event.getLoggerName().startsWith("io.lettuce"))
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEmpty();
    }

    @Test
    @Shows("SH-1")
    void mayBeClosedByManyAtOnce() throws InterruptedException {
        try (EngineHarness harness = EngineHarness.create(TestRedis.shared().uri())) {
            harness.engine.start();
            Thread[] closers = new Thread[4];
            for (int i = 0; i < closers.length; i++) {
                closers[i] = Thread.ofPlatform().start(harness.engine::close);
            }
            for (Thread closer : closers) {
                assertThat(closer.join(Duration.ofSeconds(15))).isTrue();
            }
        }
    }

    /// Engines of other tests of this JVM have ended: the tests of a module run one after the other.
    private static Set<String> engineThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("engine-"))
                .collect(Collectors.toSet());
    }
}
