package dev.runyard.webapp.deployment;

import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.worker.ImageCheckResult;
import dev.runyard.protocol.worker.ImageChecksResponse.ImageCheck;
import dev.runyard.webapp.auth.WorkerIdentity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Lets supervisors try images, and releases the versions whose images start.
@Component
class CheckImage {
    /// A supervisor that fetches a large image and starts it has answered by then.
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final int MOST_AT_ONCE = 4;
    private static final int LONGEST_REASON = 4_000;

    private final ImageCheckQueries queries;
    private final DeploymentRepository deployments;
    private final ReleaseVersion releaseVersion;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    CheckImage(
            ImageCheckQueries queries,
            DeploymentRepository deployments,
            ReleaseVersion releaseVersion,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.queries = queries;
        this.deployments = deployments;
        this.releaseVersion = releaseVersion;
        this.transactions = transactions;
        this.clock = clock;
    }

    List<ImageCheck> take(WorkerIdentity worker) {
        Instant now = clock.instant();
        return queries.take(worker.workerQueue(), worker.instanceName(), MOST_AT_ONCE, now, now.minus(PATIENCE));
    }

    /// Notes what came of a check. Only the supervisor that has the check is heard, also when it repeats itself.
    ///
    /// @return false where there is no such check of that supervisor
    boolean note(WorkerIdentity worker, DeploymentId id, ImageCheckResult result) {
        if (!queries.isOf(worker.workerQueue(), id.value())) {
            return false;
        }
        Optional<Deployment> found = transactions.execute(_ -> deployments
                .findById(id.value())
                .filter(deployment -> worker.instanceName().equals(deployment.checkedBy()))
                .map(deployment -> noted(deployment, result)));
        found.filter(deployment -> deployment.checkState() == Deployment.Check.PASSED)
                .ifPresent(deployment -> releaseVersion.release(
                        deployment, Objects.requireNonNull(deployment.imageReference()), deployment.promotes()));
        return found.isPresent();
    }

    private Deployment noted(Deployment deployment, ImageCheckResult result) {
        if (deployment.checkState() != Deployment.Check.TAKEN) {
            return deployment;
        }
        if (Boolean.TRUE.equals(result.passed())) {
            deployment.passed();
        } else {
            deployment.failed(reason(result));
        }
        return deployments.save(deployment);
    }

    private static String reason(ImageCheckResult result) {
        String said = result.reason() == null
                ? ""
                : result.reason().replace("\u0000", "").strip();
        if (said.isEmpty()) {
            return "The image could not be started.";
        }
        return said.length() <= LONGEST_REASON ? said : said.substring(0, LONGEST_REASON);
    }
}
