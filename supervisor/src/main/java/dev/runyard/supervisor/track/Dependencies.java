package dev.runyard.supervisor.track;

import dev.runyard.supervisor.pace.Pacer;
import dev.runyard.supervisor.platform.PlatformClient;
import java.time.InstantSource;

/// What most of the tracking needs.
public record Dependencies(
        RunRegistry registry, PlatformClient platform, SupervisorMetrics metrics, InstantSource clock, Pacer pacer) {}
