package dev.runyard.webapp;

import dev.runyard.engine.EngineDependencies;
import dev.runyard.engine.RunEngine;
import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.directory.RunLists;
import dev.runyard.engine.directory.WorkerVersions;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.time.DatabaseClock;
import dev.runyard.webapp.config.EngineProperties;
import dev.runyard.webapp.config.RedisProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/// Builds what no feature owns: the clock and the run engine.
@Configuration(proxyBeanMethods = false)
class Wiring {
    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    /// The engine needs its tables, so it waits for the migrations.
    @Bean(initMethod = "start", destroyMethod = "close")
    @DependsOn("flywayInitializer")
    RunEngine runEngine(EngineDependencies dependencies, EngineProperties engine) {
        return RunEngine.create(dependencies, engine.toConfig());
    }

    /// All webapps of a database share its time; this machine's clock is only compared with it.
    @Bean
    EngineDependencies engineDependencies(
            DataSource dataSource, RedisProperties redis, ControlPlane controlPlane, Surroundings surroundings) {
        return new EngineDependencies(
                dataSource,
                redis.url().value(),
                controlPlane.environments(),
                controlPlane.versions(),
                controlPlane.lists(),
                DatabaseClock.of(dataSource, surroundings.clock()),
                surroundings.meters(),
                SyncPoints.NONE);
    }

    @Bean
    ControlPlane controlPlane(Environments environments, WorkerVersions versions, RunLists lists) {
        return new ControlPlane(environments, versions, lists);
    }

    /// What the engine asks the webapp.
    record ControlPlane(Environments environments, WorkerVersions versions, RunLists lists) {}

    @Bean
    Surroundings surroundings(InstantSource clock, MeterRegistry meters) {
        return new Surroundings(clock, meters);
    }

    /// What every part of the engine shares.
    record Surroundings(InstantSource clock, MeterRegistry meters) {}
}
