package dev.runyard.supervisor;

import dev.runyard.protocol.worker.ConnectResponse;
import dev.runyard.supervisor.capacity.Capacity;
import dev.runyard.supervisor.config.ShutdownPolicy;
import dev.runyard.supervisor.config.SupervisorProperties;
import dev.runyard.supervisor.config.TimingProperties;
import dev.runyard.supervisor.consume.DequeueLoop;
import dev.runyard.supervisor.consume.SignOfLife;
import dev.runyard.supervisor.drain.Drain;
import dev.runyard.supervisor.imagecheck.CheckImages;
import dev.runyard.supervisor.pace.ServiceLoop;
import dev.runyard.supervisor.track.AdoptWorkloads;
import dev.runyard.supervisor.track.ChangeLoop;
import dev.runyard.supervisor.track.Dependencies;
import dev.runyard.supervisor.track.HaltWorkload;
import dev.runyard.supervisor.track.ReportExit;
import dev.runyard.supervisor.waiting.RestWaiting;
import dev.runyard.supervisor.warm.WarmPool;
import dev.runyard.supervisor.workload.WorkloadSelection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// The order of things at start and stop.
///
/// Start: watch workloads, introduce ourselves to the webapp for as long as it takes, take over what an earlier life
/// left running, and only then ask for work. Stop: ask for no more work, start what the last call brought, and leave
/// or stop the workloads. The web server starts before and stops after all this.
final class Operation implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Operation.class);

    /// What a runner needs to report its last lines after its task has ended.
    private static final Duration LAST_LINES = Duration.ofSeconds(3);

    private final Identity identity;
    private final Dependencies dependencies;
    private final Tracking tracking;
    private final Loops loops;
    private final ServiceLoop introduction;
    private volatile boolean running;

    /// Who this supervisor is.
    record Identity(
            SupervisorProperties properties, InstanceName name, WorkloadSelection selection, Capacity capacity) {}

    /// What knows of workloads.
    record Tracking(ReportExit reportExit, AdoptWorkloads adoptWorkloads, HaltWorkload halt, WarmPool warmPool) {}

    /// What runs while the supervisor works.
    record Loops(
            DequeueLoop dequeue,
            ChangeLoop changes,
            SignOfLife signOfLife,
            CheckImages imageChecks,
            RestWaiting waiting,
            Drain drain) {}

    Operation(Identity identity, Dependencies dependencies, Tracking tracking, Loops loops) {
        this.identity = identity;
        this.dependencies = dependencies;
        this.tracking = tracking;
        this.loops = loops;
        this.introduction = new ServiceLoop("introduction", dependencies.pacer(), this::introduce);
    }

    @Override
    public void start() {
        running = true;
        identity.selection().manager().open(loops.imageChecks().before(tracking.reportExit()));
        loops.drain().start();
        introduction.start();
    }

    @Override
    public void stop() {
        running = false;
        log.info("taking no more runs");
        introduction.stop(Duration.ZERO);
        loops.imageChecks().stop();
        loops.drain().stop();
        loops.dequeue().end();
        tracking.warmPool().close();
        if (identity.properties().onShutdown() == ShutdownPolicy.STOP) {
            stopWorkloads();
        }
        loops.waiting().stop();
        loops.changes().stop();
        loops.signOfLife().stop();
        tracking.halt().close();
        identity.selection().manager().close();
        int left = identity.capacity().usage().runs();
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
                identity.properties().webappUrl(),
                identity.name().value(),
                answer.workerGroup().name());
        tracking.adoptWorkloads().adoptAll();
        loops.signOfLife().start();
        loops.changes().start();
        loops.dequeue().start();
        loops.imageChecks().start();
        loops.waiting().start();
        introduction.finish();
    }

    private Map<String, Object> metadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        String version = getClass().getPackage().getImplementationVersion();
        metadata.put("workerVersion", version == null ? "development" : version);
        metadata.put("workloadManager", identity.selection().manager().kind().wireName());
        metadata.put("workloadManagerReason", identity.selection().reason());
        metadata.put("maxConcurrentRuns", identity.capacity().total().slots());
        return metadata;
    }

    private void stopWorkloads() {
        var all = dependencies.registry().all();
        Duration grace = identity.properties().timing().runnerStopGrace().plus(LAST_LINES);
        log.info("stopping {} workloads", all.size());
        var stops = all.stream()
                .map(run -> Thread.ofVirtual()
                        .start(() -> identity.selection().manager().stop(run.runner(), grace)))
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
        TimingProperties timing = identity.properties().timing();
        for (Duration waited = Duration.ZERO;
                !dependencies.registry().all().isEmpty() && waited.compareTo(timing.drainTimeout()) < 0;
                waited = waited.plus(timing.idlePause())) {
            dependencies.pacer().pause(timing.idlePause());
        }
    }
}
