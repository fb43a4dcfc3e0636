package dev.runyard.webapp.deployment;

import dev.runyard.engine.directory.WorkerVersion;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/// Says when a version is released that none of the supervisors can start.
///
/// It is no reason to refuse the version: the right supervisor may come later. Until then each run fails with a reason
/// of its own, which is late to learn of it.
@Component
class ForeseeStart {
    private static final String PROCESS = "process";

    private final WorkloadKinds kinds;

    ForeseeStart(WorkloadKinds kinds) {
        this.kinds = kinds;
    }

    /// Returns what whoever releases an image should know, a sentence or two.
    Optional<String> warning(String image) {
        Set<String> inUse = WorkerVersion.OWN_WORKERS.equals(image) ? Set.of() : kinds.inUse();
        if (inUse.isEmpty()) {
            return Optional.empty();
        }
        if (!ImageReference.isBundle(image)) {
            return inUse.equals(Set.of(PROCESS))
                    ? Optional.of("All supervisors run tasks in processes and cannot start an image. Deploy the folder:"
                            + " give neither --registry nor --image.")
                    : Optional.empty();
        }
        return inUse.contains(PROCESS)
                ? Optional.empty()
                : Optional.of("All supervisors run tasks in containers (" + String.join(", ", new TreeSet<>(inUse))
                        + ") and cannot start a folder. Deploy an image: give --registry or --image.");
    }
}
