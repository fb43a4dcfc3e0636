package dev.runyard.engine;

import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.directory.RunLists;
import dev.runyard.engine.directory.WorkerVersions;
import dev.runyard.engine.observe.SyncPoints;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import javax.sql.DataSource;

/// What the engine is given.
///
/// @param dataSource PostgreSQL, with the engine's migrations applied
/// @param redisUri Redis 6.2 or newer, such as `redis://localhost:6379`
/// @param environments port to the control plane
/// @param versions port to the control plane
/// @param lists lists of runs that the control plane keeps
/// @param clock the only source of time
/// @param meters where metrics go
/// @param syncPoints where a test may stop or kill the engine; `SyncPoints.NONE` in production
public record EngineDependencies(
        DataSource dataSource,
        String redisUri,
        Environments environments,
        WorkerVersions versions,
        RunLists lists,
        InstantSource clock,
        MeterRegistry meters,
        SyncPoints syncPoints) {}
