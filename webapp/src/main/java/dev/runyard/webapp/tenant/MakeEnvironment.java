package dev.runyard.webapp.tenant;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.webapp.config.DefaultsProperties;
import dev.runyard.webapp.config.Secret;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes environments with their keys. Call it in a transaction that holds others off.
@Component
class MakeEnvironment {
    private static final int KEY_CHARACTERS = 24;

    private final EnvironmentRepository environments;
    private final DefaultsProperties defaults;
    private final Seal seal;
    private final InstantSource clock;
    private final TimeOrderedIds ids;

    MakeEnvironment(EnvironmentRepository environments, DefaultsProperties defaults, Seal seal, InstantSource clock) {
        this.environments = environments;
        this.defaults = defaults;
        this.seal = seal;
        this.clock = clock;
        this.ids = new TimeOrderedIds(clock);
    }

    /// Makes an environment with a key; one with an owner is that developer's own.
    Environment withKey(UUID project, EnvironmentType type, @Nullable UUID owner) {
        Environment environment = blank(project, type);
        environment.setOwner(owner);
        Secret key = new Secret(type.keyPrefix() + RandomText.of(KEY_CHARACTERS));
        environment.setKey(Hashes.sha256(key.value()), seal.seal(key, new EnvironmentId(environment.id()).toString()));
        return environments.save(environment);
    }

    /// Makes a branch, which its parent's key opens.
    Environment branch(Environment parent, String name) {
        Environment environment = blank(parent.projectId(), parent.type());
        environment.setBranch(parent.id(), name);
        environment.setOwner(parent.ownerId());
        environment.setSupervisorQueue(
                EnvironmentSettings.ownWorkerQueue(new EnvironmentId(environment.id())), parent.supervisorQueue());
        return environments.save(environment);
    }

    private Environment blank(UUID project, EnvironmentType type) {
        Environment environment =
                new Environment(ids.next(), project, type, EnvironmentSettings.MAIN_WORKER_QUEUE, clock.instant());
        environment.setConcurrencyLimit(
                type == EnvironmentType.DEVELOPMENT
                        ? defaults.developmentConcurrency()
                        : defaults.environmentConcurrency());
        return environment;
    }
}
