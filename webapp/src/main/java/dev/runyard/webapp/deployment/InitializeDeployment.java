package dev.runyard.webapp.deployment;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.TimeOrderedIds;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Begins a release: the build gets its version number.
@Component
class InitializeDeployment {
    private static final int MAX_EXTERNAL_ID = 128;
    private static final String RUNTIME_RULE =
            "must be java: this server runs tasks that are written with its Java SDK and deployed by `runyard deploy`. Other"
                    + " programs can trigger them.";

    private final DeploymentRepository deployments;
    private final VersionNumberRepository numbers;
    private final TransactionTemplate transactions;
    private final TimeOrderedIds ids;
    private final InstantSource clock;

    InitializeDeployment(
            DeploymentRepository deployments,
            VersionNumberRepository numbers,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.deployments = deployments;
        this.numbers = numbers;
        this.transactions = transactions;
        this.ids = new TimeOrderedIds(clock);
        this.clock = clock;
    }

    DeploymentOutcome<Deployment> initialize(EnvironmentId environment, InitializeDeploymentRequest request) {
        if (isBlank(request.contentHash())) {
            return DeploymentOutcome.Invalid.of("contentHash", "is missing");
        }
        if (request.runtime() != null && !request.runtime().startsWith("java")) {
            return DeploymentOutcome.Invalid.of("runtime", RUNTIME_RULE);
        }
        if (request.imageReference() != null && !ImageReference.isValid(request.imageReference())) {
            return DeploymentOutcome.Invalid.of("imageReference", FinalizeDeployment.IMAGE_RULE);
        }
        String external = request.externalDeploymentId();
        if (external != null && (isBlank(external) || external.length() > MAX_EXTERNAL_ID)) {
            return DeploymentOutcome.Invalid.of(
                    "externalDeploymentId",
                    "must have 1 to " + MAX_EXTERNAL_ID + " characters, none of them a control");
        }
        Instant now = clock.instant();
        return new DeploymentOutcome.Done<>(transactions.execute(_ -> {
            String version = numbers.next(
                    environment.value(), now.atOffset(ZoneOffset.UTC).toLocalDate());
            return deployments.save(new Deployment(ids.next(), environment.value(), request, version, now));
        }));
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank() || text.chars().anyMatch(Character::isISOControl);
    }
}
