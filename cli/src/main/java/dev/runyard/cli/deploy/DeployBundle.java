package dev.runyard.cli.deploy;

import dev.runyard.protocol.manifest.BackgroundWorkerMetadata;
import dev.runyard.protocol.manifest.CreateBackgroundWorkerRequest;
import java.nio.file.Path;
import java.util.Optional;

/// Releases a bundle: indexes it, makes it startable, registers its tasks, and lets new runs have it.
public final class DeployBundle {
    private final Target target;
    private final IndexBundle indexBundle = new IndexBundle();
    private final AwaitCheck awaitCheck;

    public DeployBundle(Target target) {
        this(target, new AwaitCheck());
    }

    DeployBundle(Target target, AwaitCheck awaitCheck) {
        this.target = target;
        this.awaitCheck = awaitCheck;
    }

    /// Makes something that supervisors can start.
    @FunctionalInterface
    public interface Publish {
        /// Returns the reference of the image, or `bundle:` and a folder.
        String publish(Path bundle, String contentHash);
    }

    /// What runs now get.
    ///
    /// @param version number of the version
    /// @param tasks how many tasks it has
    /// @param isNew whether this call made it; false where the same build was current already
    /// @param warning why its runs may not start; empty where nothing speaks against it
    public record Deployed(String version, int tasks, boolean isNew, String warning) {}

    /// Deploys a bundle unless the same build is current already.
    public Deployed deploy(Path bundle, Publish publish) {
        return deploy(bundle, publish, Release.AT_ONCE);
    }

    /// Deploys a bundle unless the same build is current already.
    Deployed deploy(Path bundle, Publish publish, Release release) {
        String externalId = release.externalId();
        BackgroundWorkerMetadata metadata = indexBundle.index(bundle);
        String reference = publish.publish(bundle, metadata.contentHash());
        try (DeploymentApi api = new DeploymentApi(target)) {
            Optional<DeploymentApi.Current> current =
                    api.current().filter(deployed -> deployed.imageReference().equals(reference));
            if (externalId == null && current.isPresent() && reference.contains(shortened(metadata.contentHash()))) {
                return new Deployed(current.get().version(), metadata.tasks().size(), false, "");
            }
            DeploymentApi.Begun begun = api.begin(metadata.contentHash(), externalId);
            api.register(begun, new CreateBackgroundWorkerRequest(true, metadata));
            String warning = api.finish(begun, reference, release);
            if (release.isChecked()) {
                awaitCheck.await(api, begun, reference);
            }
            return new Deployed(begun.version(), metadata.tasks().size(), true, warning);
        }
    }

    /// Only a reference that names the content can be compared; the tag of another image may have moved.
    private static String shortened(String contentHash) {
        return contentHash.substring(0, Math.min(12, contentHash.length()));
    }
}
