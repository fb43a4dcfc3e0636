package dev.runyard.engine.recovery;

import dev.runyard.engine.EngineConfig;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import java.time.Instant;
import java.time.InstantSource;

/// Takes a heartbeat. The lease is written at most every third of its length, so that beats cost little.
public final class RenewLease {
    private final RunStateRepository states;
    private final EngineConfig config;
    private final InstantSource clock;

    public RenewLease(RunStateRepository states, EngineConfig config, InstantSource clock) {
        this.states = states;
        this.config = config;
        this.clock = clock;
    }

    public boolean renew(RunId run, SnapshotId snapshot) {
        Instant now = clock.instant();
        Instant until = now.plus(config.executionTimeout());
        Instant threshold = until.minus(config.executionTimeout().dividedBy(3));
        return states.renewLease(run, snapshot.version(), until, threshold);
    }
}
