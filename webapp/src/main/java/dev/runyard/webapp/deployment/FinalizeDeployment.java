package dev.runyard.webapp.deployment;

import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.id.EnvironmentId;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Ends a release, or lets a supervisor try its image first.
///
/// The call may be repeated; the release of waiting runs is then made up for if the first call died before it.
@Component
class FinalizeDeployment {
    static final String IMAGE_RULE =
            "is neither the reference of an image, nor \"bundle:\" followed by an absolute folder, nor \"worker:\"";

    private final DeploymentRepository deployments;
    private final DeclareVersion declareVersion;
    private final ReleaseVersion releaseVersion;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    FinalizeDeployment(
            DeploymentRepository deployments,
            DeclareVersion declareVersion,
            ReleaseVersion releaseVersion,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.deployments = deployments;
        this.declareVersion = declareVersion;
        this.releaseVersion = releaseVersion;
        this.transactions = transactions;
        this.clock = clock;
    }

    DeploymentOutcome<Deployment> finalizeDeployment(
            EnvironmentId environment, DeploymentId id, FinalizeDeploymentRequest request) {
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
        String image = request.imageReference() == null ? deployment.imageReference() : request.imageReference();
        if (image == null) {
            return DeploymentOutcome.Invalid.of("imageReference", "is missing");
        }
        if (!ImageReference.isValid(image)) {
            return DeploymentOutcome.Invalid.of("imageReference", IMAGE_RULE);
        }
        Optional<String> isOver = reasonAgainst(deployment, image);
        if (isOver.isPresent()) {
            return new DeploymentOutcome.OutOfOrder<>(isOver.get());
        }
        Optional<String> refused = declareVersion.declare(environment, workerId);
        if (refused.isPresent()) {
            return DeploymentOutcome.Invalid.of("metadata.tasks", refused.get());
        }
        if (request.isCheckWanted() && deployment.status() != Deployment.Status.DEPLOYED) {
            awaitCheck(deployment, image, request.isPromoted());
        } else {
            releaseVersion.release(deployment, image, request.isPromoted());
        }
        return new DeploymentOutcome.Done<>(deployment);
    }

    private static Optional<String> reasonAgainst(Deployment deployment, String image) {
        return switch (deployment.status()) {
            case BUILDING, DEPLOYING -> Optional.empty();
            case FAILED ->
                Optional.of("Deployment " + deployment.version() + " has failed: " + deployment.failure()
                        + " Begin a new deployment.");
            case DEPLOYED ->
                image.equals(deployment.imageReference())
                        ? Optional.empty()
                        : Optional.of("Deployment " + deployment.version() + " is deployed already, with "
                                + deployment.imageReference() + ". Begin a new deployment.");
        };
    }

    private void awaitCheck(Deployment deployment, String image, boolean isPromotedThen) {
        if (deployment.checkState() != null && image.equals(deployment.imageReference())) {
            // The call was repeated; the check goes on.
            return;
        }
        transactions.executeWithoutResult(_ -> {
            deployment.awaitCheck(image, isPromotedThen, clock.instant());
            deployments.save(deployment);
        });
    }
}
