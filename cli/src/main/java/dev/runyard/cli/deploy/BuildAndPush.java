package dev.runyard.cli.deploy;

import dev.runyard.cli.CommandFailure;
import java.nio.file.Path;

/// Makes an image of a bundle with the machine's `docker`, and pushes it. Such an image starts faster than one that was
/// made without an engine, because its JVM can record at build time what a run needs.
final class BuildAndPush implements DeployBundle.Publish {
    private final ImageTarget target;
    private final BuildImage buildImage;

    BuildAndPush(ImageTarget target, BuildImage buildImage) {
        this.target = target;
        this.buildImage = buildImage;
    }

    @Override
    public String publish(Path bundle, String contentHash) {
        buildImage.obstacle().ifPresent(obstacle -> {
            throw new CommandFailure("The image cannot be built with Docker: " + obstacle
                    + ". Without --builder docker it is built without an engine.");
        });
        String reference = target.reference(contentHash);
        buildImage.push(buildImage.build(bundle, contentHash), reference);
        return reference;
    }
}
