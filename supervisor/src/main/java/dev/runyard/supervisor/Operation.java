package dev.runyard.supervisor;

import dev.runyard.protocol.worker.ConnectResponse;
import dev.runyard.supervisor.capacity.Capacity;
import dev.runyard.supervisor.config.ShutdownPolicy;
import dev.runyard.supervisor.config.SupervisorProperties;
import dev.runyard.supervisor.config.TimingProperties;
import dev.runyard.supervisor.consume.DequeueLoop;
import dev.runyard.supervisor.consume.SignOfLife;
import dev.runyard.supervisor.track.AdoptWorkloads;
import dev.runyard.supervisor.track.ChangeLoop;
import dev.runyard.supervisor.track.Dependencies;
import dev.runyard.supervisor.track.HaltWorkload;
import dev.runyard.supervisor.track.ReportExit;
import dev.runyard.supervisor.track.ServiceLoop;
import dev.runyard.supervisor.workload.WorkloadSelection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The order of things at start and stop.
///
/// Start: watch workloads, introduce ourselves to the webapp for as long as it takes, take over what an earlier life
/// left running, and only then ask for work. Stop: ask for no more work, start what the last call brought, and leave
/// or stop the workloads. The web server starts before and stops after all this.
@Component
final class Operation implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Operation.class);
    private static final Duration TERM_GRACE = Duration.ofSeconds(5);

    private final SupervisorProperties properties;
    private final InstanceName name;
    private final WorkloadSelection selection;
    private final Capacity capacity;
    private final Dependencies dependencies;
    private final ReportExit reportExit;
    private final AdoptWorkloads adoptWorkloads;
    private final HaltWorkload halt;
    private final Loops loops;
    private final ServiceLoop introduction;
    private volatile boolean running;

    /// The loops that run while the supervisor works.
    record Loops(DequeueLoop dequeue, ChangeLoop changes, SignOfLife signOfLife) {}

    Operation(
            SupervisorProperties properties,
            InstanceName name,
            WorkloadSelection selection,
            Capacity capacity,
            Dependencies dependencies,
            ReportExit reportExit,
            AdoptWorkloads adoptWorkloads,
            HaltWorkload halt,
            DequeueLoop dequeue,
            ChangeLoop changes,
            SignOfLife signOfLife) {
        this.properties = properties;
        this.name = name;
        this.selection = selection;
        this.capacity = capacity;
        this.dependencies = dependencies;
        this.reportExit = reportExit;
        this.adoptWorkloads = adoptWorkloads;
        this.halt = halt;
        this.loops = new Loops(dequeue, changes, signOfLife);
        this.introduction = new ServiceLoop("introduction", dependencies.pacer(), this::introduce);
    }

    @Override
    public void start() {
        running = true;
        selection.manager().open(reportExit);
        introduction.start();
    }

    @Override
    public void stop() {
        running = false;
        log.info("taking no more runs");
        introduction.stop(Duration.ZERO);
        loops.dequeue().drain();
        if (properties.onShutdown() == ShutdownPolicy.STOP) {
            stopWorkloads();
        }
        loops.changes().stop();
        loops.signOfLife().stop();
        halt.close();
        selection.manager().close();
        int left = capacity.usage().runs();
        if (left > 0) {
            log.info("leaving {} workloads running, to be taken over at the next start", left);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void introduce() throws InterruptedException {
        ConnectResponse answer = dependencies.platform().connect(metadata());
        log.info(
                "connected to {} as {} of worker group {}",
                properties.webappUrl(),
                name.value(),
                answer.workerGroup().name());
        adoptWorkloads.adoptAll();
        loops.signOfLife().start();
        loops.changes().start();
        loops.dequeue().start();
        introduction.finish();
    }

    private Map<String, Object> metadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        String version = getClass().getPackage().getImplementationVersion();
        metadata.put("workerVersion", version == null ? "development" : version);
        metadata.put("workloadManager", selection.manager().kind().wireName());
        metadata.put("workloadManagerReason", selection.reason());
        metadata.put("maxConcurrentRuns", capacity.total().slots());
        return metadata;
    }

    private void stopWorkloads() {
        var all = dependencies.registry().all();
        log.info("stopping {} workloads", all.size());
        var stops = all.stream()
                .map(run -> Thread.ofVirtual().start(() -> selection.manager().stop(run.runner(), TERM_GRACE)))
                .toList();
        try {
            for (Thread stop : stops) {
                stop.join();
            }
            awaitReports();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReports() throws InterruptedException {
        TimingProperties timing = properties.timing();
        for (Duration waited = Duration.ZERO;
                !dependencies.registry().all().isEmpty() && waited.compareTo(timing.drainTimeout()) < 0;
                waited = waited.plus(timing.idlePause())) {
            dependencies.pacer().pause(timing.idlePause());
        }
    }
}
