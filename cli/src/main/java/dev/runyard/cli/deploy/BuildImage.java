package dev.runyard.cli.deploy;

import dev.runyard.cli.CommandFailure;
import dev.runyard.cli.process.Programs;
import dev.runyard.cli.process.Programs.Outcome;
import java.nio.file.Path;
import java.util.List;

/// Makes an image of a bundle with the machine's `docker`.
public final class BuildImage {
    private final Path dockerfile;

    public BuildImage(Path dockerfile) {
        this.dockerfile = dockerfile;
    }

    /// Builds the image unless it exists, and returns its reference.
    public String build(Path bundle, String contentHash) {
        String reference = "runyard-tasks:" + contentHash.substring(0, Math.min(12, contentHash.length()));
        if (Programs.run(List.of("docker", "image", "inspect", reference), "").exitCode() == 0) {
            return reference;
        }
        Outcome outcome = Programs.run(
                List.of("docker", "build", "--quiet", "-t", reference, "-f", dockerfile.toString(), bundle.toString()),
                "");
        if (outcome.exitCode() != 0) {
            throw new CommandFailure("The image of " + bundle + " could not be built:\n"
                    + outcome.output().strip());
        }
        return reference;
    }
}
