package dev.runyard.webapp.deployment;

import dev.runyard.engine.RunEngine;
import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.id.EnvironmentId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Ends a release: its version becomes the one that new runs get, and runs that waited for it are queued.
///
/// The call may be repeated; the release of waiting runs is then made up for if the first call died before it.
@Component
class FinalizeDeployment {
    static final String IMAGE_RULE =
            "is neither the reference of an image, nor \"bundle:\" followed by an absolute folder, nor \"worker:\"";

    private final DeploymentRepository deployments;
    private final DeclareVersion declareVersion;
    private final RouteRuns routeRuns;
    private final CurrentDeploymentRepository current;
    private final DeployedVersions versions;
    private final RunEngine engine;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    FinalizeDeployment(
            DeploymentRepository deployments,
            DeclareVersion declareVersion,
            RouteRuns routeRuns,
            CurrentDeploymentRepository current,
            DeployedVersions versions,
            RunEngine engine,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.deployments = deployments;
        this.declareVersion = declareVersion;
        this.routeRuns = routeRuns;
        this.current = current;
        this.versions = versions;
        this.engine = engine;
        this.transactions = transactions;
        this.clock = clock;
    }

    DeploymentOutcome<Deployment> finalizeDeployment(
            EnvironmentId environment, DeploymentId id, @Nullable String imageReference) {
        Optional<Deployment> found = deployments.findByIdAndEnvironmentId(id.value(), environment.value());
        if (found.isEmpty()) {
            return new DeploymentOutcome.Unknown<>();
        }
        Deployment deployment = found.get();
        UUID workerId = deployment.backgroundWorkerId();
        if (workerId == null) {
            return new DeploymentOutcome.OutOfOrder<>("Deployment " + deployment.version()
                    + " has no tasks yet. Post them to /background-workers before it is finalized.");
        }
        String image = imageReference == null ? deployment.imageReference() : imageReference;
        if (image == null) {
            return DeploymentOutcome.Invalid.of("imageReference", "is missing");
        }
        if (!ImageReference.isValid(image)) {
            return DeploymentOutcome.Invalid.of("imageReference", IMAGE_RULE);
        }
        if (isDeployedOtherwise(deployment, image)) {
            return new DeploymentOutcome.OutOfOrder<>("Deployment " + deployment.version()
                    + " is deployed already, with " + deployment.imageReference() + ". Begin a new deployment.");
        }
        Optional<String> refused = declareVersion.declare(environment, workerId);
        if (refused.isPresent()) {
            return DeploymentOutcome.Invalid.of("metadata.tasks", refused.get());
        }
        promote(deployment, workerId, image);
        versions.promoted(environment);
        routeRuns.route(environment, image);
        engine.releaseParkedRuns(environment);
        return new DeploymentOutcome.Done<>(deployment);
    }

    private static boolean isDeployedOtherwise(Deployment deployment, String image) {
        return deployment.status() == Deployment.Status.DEPLOYED && !image.equals(deployment.imageReference());
    }

    private void promote(Deployment deployment, UUID workerId, String image) {
        Instant now = clock.instant();
        transactions.executeWithoutResult(_ -> {
            if (deployment.status() != Deployment.Status.DEPLOYED) {
                deployment.deployed(image, now);
                deployments.save(deployment);
            }
            current.promote(deployment.environmentId(), deployment.id(), workerId, now);
        });
    }
}
