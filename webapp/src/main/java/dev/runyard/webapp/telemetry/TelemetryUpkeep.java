package dev.runyard.webapp.telemetry;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Looks after the tables of telemetry: at the start, before anything can arrive, and then every hour.
@Component
class TelemetryUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(TelemetryUpkeep.class);
    private static final Duration FIRST = Duration.ofMinutes(2);
    private static final Duration PERIOD = Duration.ofHours(1);

    private final RemoveOldTelemetry removeOld;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("telemetry-upkeep").factory());

    TelemetryUpkeep(RemoveOldTelemetry removeOld) {
        this.removeOld = removeOld;
    }

    @PostConstruct
    void start() {
        attempt(removeOld::makeMonths);
        var unused =
                executor.scheduleWithFixedDelay(this::keep, FIRST.toSeconds(), PERIOD.toSeconds(), TimeUnit.SECONDS);
    }

    private void keep() {
        attempt(removeOld::makeMonths);
        attempt(removeOld::remove);
    }

    /// Runs execute whether or not their telemetry can be kept, so that this never stops the server.
    private static void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.warn(
                    "The tables of telemetry could not be looked after, and will be in an hour: {}", e.getMessage(), e);
        }
    }

    @PreDestroy
    void stop() {
        executor.shutdownNow();
    }
}
