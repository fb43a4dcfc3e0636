package dev.runyard.webapp.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/// Counts what arrives: `runyard.telemetry.received` and `runyard.telemetry.dropped`, by `kind`.
@Component
class TelemetryMetrics {
    private final MeterRegistry meters;

    TelemetryMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void received(String kind, int all, int dropped) {
        meters.counter("runyard.telemetry.received", "kind", kind).increment(all);
        meters.counter("runyard.telemetry.dropped", "kind", kind).increment(dropped);
    }
}
