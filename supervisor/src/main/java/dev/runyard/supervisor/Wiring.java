package dev.runyard.supervisor;

import dev.runyard.supervisor.capacity.Capacity;
import dev.runyard.supervisor.config.Secret;
import dev.runyard.supervisor.config.StateFolder;
import dev.runyard.supervisor.config.SupervisorProperties;
import dev.runyard.supervisor.config.WarmProperties;
import dev.runyard.supervisor.consume.DequeueLoop;
import dev.runyard.supervisor.consume.FetchStored;
import dev.runyard.supervisor.consume.RestoreRun;
import dev.runyard.supervisor.consume.SignOfLife;
import dev.runyard.supervisor.consume.StartRun;
import dev.runyard.supervisor.consume.StartWarm;
import dev.runyard.supervisor.consume.WorkloadEnvironment;
import dev.runyard.supervisor.drain.Drain;
import dev.runyard.supervisor.drain.DrainMarker;
import dev.runyard.supervisor.imagecheck.CheckImages;
import dev.runyard.supervisor.pace.Pacer;
import dev.runyard.supervisor.platform.PlatformClient;
import dev.runyard.supervisor.platform.PlatformHttp;
import dev.runyard.supervisor.platform.WorkerToken;
import dev.runyard.supervisor.track.AdoptWorkloads;
import dev.runyard.supervisor.track.ApplyChange;
import dev.runyard.supervisor.track.Assignments;
import dev.runyard.supervisor.track.ChangeLoop;
import dev.runyard.supervisor.track.Dependencies;
import dev.runyard.supervisor.track.HaltWorkload;
import dev.runyard.supervisor.track.ReportExit;
import dev.runyard.supervisor.track.RunRegistry;
import dev.runyard.supervisor.track.StoredRuns;
import dev.runyard.supervisor.track.SupervisorMetrics;
import dev.runyard.supervisor.waiting.RestWaiting;
import dev.runyard.supervisor.waiting.StoreWaiting;
import dev.runyard.supervisor.warm.WarmPool;
import dev.runyard.supervisor.workload.WorkloadSelection;
import dev.runyard.supervisor.workloadapi.AdmitRunner;
import dev.runyard.supervisor.workloadapi.CloseConnections;
import dev.runyard.supervisor.workloadapi.PassOn;
import dev.runyard.supervisor.workloadapi.RunnerTokens;
import dev.runyard.supervisor.workloadapi.TranslateAddresses;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// Puts the supervisor together: the only place that knows all of its parts.
@Configuration(proxyBeanMethods = false)
class Wiring {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    Pacer pacer() {
        return Pacer.real();
    }

    @Bean
    StateFolder stateFolder(SupervisorProperties properties) {
        return new StateFolder(properties.stateFolderOrDefault());
    }

    @Bean
    InstanceName instanceName(SupervisorProperties properties, StateFolder state) {
        return InstanceName.of(properties.instanceName(), state);
    }

    @Bean
    WorkloadSelection workloadSelection(SupervisorProperties properties, StateFolder state, InstanceName name) {
        return new SelectWorkloads(properties, state, name).select();
    }

    @Bean
    PlatformClient platformClient(
            SupervisorProperties properties, InstanceName name, InstantSource clock, Pacer pacer) {
        WorkerToken token = WorkerToken.await(properties.workerToken(), properties.workerTokenTimeout(), clock, pacer);
        Secret managed = properties.managedSecret();
        var credentials = new PlatformHttp.Credentials(token, name.value(), managed == null ? null : managed.value());
        return new PlatformClient(
                new PlatformHttp(properties.webappUrl(), credentials),
                JsonMapper.builder().build(),
                properties.timing().requestTimeout(),
                pacer);
    }

    @Bean
    Dependencies dependencies(PlatformClient platform, MeterRegistry meters, InstantSource clock, Pacer pacer) {
        return new Dependencies(new RunRegistry(), platform, new SupervisorMetrics(meters), clock, pacer);
    }

    @Bean
    Capacity capacity(SupervisorProperties properties, WorkloadSelection selection, Dependencies dependencies) {
        Capacity capacity = new Capacity(selection.manager().resources().withSlots(properties.maxConcurrentRuns()));
        dependencies.metrics().observe(capacity);
        return capacity;
    }

    @Bean
    RunnerTokens runnerTokens(SupervisorProperties properties, StateFolder state) {
        Secret key = properties.workloadTokenKey();
        return new RunnerTokens(key != null ? key.value() : state.keep("workload-token.key", RunnerTokens::newKey));
    }

    @Bean
    Assignments assignments(StateFolder state) {
        return new Assignments(state.folder("assignments"));
    }

    @Bean
    WarmProperties warmProperties(SupervisorProperties properties) {
        return properties.warm();
    }

    @Bean(destroyMethod = "")
    WarmPool warmPool(
            Dependencies dependencies,
            Assignments assignments,
            Capacity capacity,
            WorkloadSelection selection,
            WarmProperties settings) {
        WarmPool pool = new WarmPool(dependencies.registry(), assignments, capacity, selection.manager(), settings);
        dependencies.metrics().observeWarm(pool::size);
        return pool;
    }

    @Bean(destroyMethod = "")
    Drain drain(
            StateFolder state,
            Dependencies dependencies,
            Capacity capacity,
            WarmPool warmPool,
            StoredRuns stored,
            SupervisorProperties properties) {
        Duration period = properties.timing().idlePause();
        return new Drain(new DrainMarker(state.path()), dependencies, capacity, warmPool, stored, period);
    }

    @Bean
    StartWarm startWarm(Dependencies dependencies, WarmPool pool, WarmProperties settings) {
        return new StartWarm(dependencies, pool, settings);
    }

    @Bean
    AdmitRunner admitRunner(RunnerTokens tokens, Assignments assignments) {
        return new AdmitRunner(tokens, assignments);
    }

    @Bean
    CloseConnections closeConnections(SupervisorProperties properties) {
        return new CloseConnections(properties.waiting());
    }

    @Bean(destroyMethod = "")
    HaltWorkload haltWorkload(Dependencies dependencies, WorkloadSelection selection) {
        return new HaltWorkload(dependencies.registry(), selection.manager());
    }

    @Bean
    ApplyChange applyChange(Dependencies dependencies, HaltWorkload halt, SupervisorProperties properties) {
        return new ApplyChange(dependencies.registry(), dependencies.platform(), halt, properties.timing());
    }

    @Bean
    ChangeLoop changeLoop(Dependencies dependencies, ApplyChange applyChange, SupervisorProperties properties) {
        return new ChangeLoop(dependencies, applyChange, properties.timing());
    }

    @Bean
    PassOn passOn(
            Dependencies dependencies,
            ApplyChange applyChange,
            ChangeLoop changes,
            TranslateAddresses addresses,
            WorkloadSelection selection) {
        return new PassOn(dependencies, applyChange, changes, addresses, selection.manager());
    }

    @Bean
    TranslateAddresses translateAddresses(WorkloadSelection selection, WorkloadEnvironment.Surroundings surroundings) {
        return switch (selection.manager().kind()) {
            case PROCESS -> TranslateAddresses.none();
            case DOCKER, KUBERNETES -> TranslateAddresses.to(surroundings.webapp());
        };
    }

    @Bean
    ReportExit reportExit(
            Dependencies dependencies, WorkloadSelection selection, Capacity capacity, Assignments assignments) {
        return new ReportExit(dependencies, selection.manager(), capacity, assignments);
    }

    @Bean
    AdoptWorkloads adoptWorkloads(
            Dependencies dependencies,
            WorkloadSelection selection,
            Capacity capacity,
            ApplyChange applyChange,
            AdoptWorkloads.Kept kept) {
        return new AdoptWorkloads(dependencies, selection.manager(), capacity, applyChange, kept);
    }

    @Bean
    StoredRuns storedRuns(
            InstanceName name,
            SupervisorProperties properties,
            RunnerTokens tokens,
            WorkloadEnvironment.Surroundings surroundings) {
        Optional<String> group = Optional.ofNullable(properties.waiting().shared())
                .map(_ -> tokens.group(surroundings.workloadApiDomain() + ":" + surroundings.workloadApiPort()));
        return new StoredRuns(name.value(), group);
    }

    @Bean
    AdoptWorkloads.Kept kept(Assignments assignments, StoredRuns stored) {
        return new AdoptWorkloads.Kept(assignments, stored);
    }

    @Bean
    RestoreRun restoreRun(
            Dependencies dependencies,
            WorkloadSelection selection,
            Capacity capacity,
            AdoptWorkloads.Kept kept,
            ReportExit reportExit,
            SupervisorProperties properties) {
        return new RestoreRun(dependencies, selection.manager(), capacity, kept, reportExit, properties.waiting());
    }

    @Bean
    WorkloadEnvironment.Surroundings surroundings(
            SupervisorProperties properties, WorkloadSelection selection, InstanceName name) {
        return FindSurroundings.of(properties, selection.manager().kind(), name);
    }

    @Bean
    WorkloadEnvironment workloadEnvironment(
            WorkloadEnvironment.Surroundings surroundings, SupervisorProperties properties, RunnerTokens tokens) {
        return new WorkloadEnvironment(surroundings, properties.timing(), tokens);
    }

    @Bean
    StartRun startRun(
            Dependencies dependencies, Capacity capacity, WorkloadEnvironment environment, StartRun.Exits exits) {
        return new StartRun(dependencies, capacity, environment, exits);
    }

    @Bean
    StartRun.Exits exits(
            WorkloadSelection selection, ReportExit reportExit, StartWarm startWarm, RestoreRun restoreRun) {
        return new StartRun.Exits(selection.manager(), reportExit, startWarm, restoreRun);
    }

    @Bean
    DequeueLoop dequeueLoop(
            Dependencies dependencies,
            Capacity capacity,
            StartRun startRun,
            StoredRuns stored,
            SupervisorProperties properties) {
        var fetchStored = new FetchStored(dependencies, stored, startRun);
        return new DequeueLoop(dependencies, capacity, startRun, fetchStored, properties.timing());
    }

    @Bean
    SignOfLife signOfLife(Dependencies dependencies, Capacity capacity, SupervisorProperties properties) {
        return new SignOfLife(dependencies, capacity, properties.timing());
    }

    @Bean
    Operation.Identity identity(
            SupervisorProperties properties, InstanceName name, WorkloadSelection selection, Capacity capacity) {
        return new Operation.Identity(properties, name, selection, capacity);
    }

    @Bean
    Operation.Tracking tracking(
            ReportExit reportExit, AdoptWorkloads adoptWorkloads, HaltWorkload halt, WarmPool warmPool) {
        return new Operation.Tracking(reportExit, adoptWorkloads, halt, warmPool);
    }

    @Bean
    CheckImages checkImages(
            Dependencies dependencies,
            WorkloadSelection selection,
            Capacity capacity,
            WorkloadEnvironment environment,
            SupervisorProperties properties) {
        return new CheckImages(dependencies, selection.manager(), capacity, environment, properties.timing());
    }

    @Bean
    RestWaiting restWaiting(
            Dependencies dependencies,
            WorkloadSelection selection,
            Capacity capacity,
            AdoptWorkloads.Kept kept,
            SupervisorProperties properties) {
        StoreWaiting storing =
                new StoreWaiting(dependencies, selection.manager(), capacity, kept, properties.waiting());
        RestWaiting waiting = new RestWaiting(dependencies, selection.manager(), storing, properties.waiting());
        dependencies.metrics().observeResting(waiting::resting);
        dependencies.metrics().observeStored(() -> kept.stored().all().size());
        return waiting;
    }

    @Bean
    Operation.Loops loops(
            DequeueLoop dequeue,
            ChangeLoop changes,
            SignOfLife signOfLife,
            CheckImages imageChecks,
            RestWaiting waiting,
            Drain drain) {
        return new Operation.Loops(dequeue, changes, signOfLife, imageChecks, waiting, drain);
    }

    @Bean
    Operation operation(
            Operation.Identity identity,
            Dependencies dependencies,
            Operation.Tracking tracking,
            Operation.Loops loops) {
        return new Operation(identity, dependencies, tracking, loops);
    }
}
