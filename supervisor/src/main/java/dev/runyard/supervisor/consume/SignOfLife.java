package dev.runyard.supervisor.consume;

import dev.runyard.protocol.worker.SupervisorHeartbeat;
import dev.runyard.supervisor.capacity.Capacity;
import dev.runyard.supervisor.config.TimingProperties;
import dev.runyard.supervisor.pace.ServiceLoop;
import dev.runyard.supervisor.track.Dependencies;
import java.time.Duration;
import java.util.List;

/// Shows the webapp that this supervisor lives, and how busy it is.
public final class SignOfLife {
    private final Dependencies dependencies;
    private final Capacity capacity;
    private final TimingProperties timing;
    private final ServiceLoop loop;

    public SignOfLife(Dependencies dependencies, Capacity capacity, TimingProperties timing) {
        this.dependencies = dependencies;
        this.capacity = capacity;
        this.timing = timing;
        this.loop = new ServiceLoop("heartbeat", dependencies.pacer(), this::beat);
    }

    public void start() {
        loop.start();
    }

    public void stop() {
        loop.stop(Duration.ZERO);
    }

    private void beat() throws InterruptedException {
        Capacity.Usage usage = capacity.usage();
        dependencies
                .platform()
                .heartbeat(new SupervisorHeartbeat(
                        amount(usage.cpu(), capacity.total().cpu()),
                        amount(usage.memoryGb(), capacity.total().memoryGb()),
                        List.of()));
        dependencies.pacer().pause(timing.heartbeatInterval());
    }

    private static SupervisorHeartbeat.Amount amount(double used, double total) {
        return new SupervisorHeartbeat.Amount(used, Math.max(0, total - used));
    }
}
