package dev.runyard.cli.deploy;

import dev.runyard.cli.CommandFailure;
import dev.runyard.cli.process.Programs;
import dev.runyard.cli.process.Programs.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes an image of a bundle with the machine's `docker`.
public final class BuildImage {
    private final Path dockerfile;
    private final String docker;

    public BuildImage(Path dockerfile) {
        this(dockerfile, "docker");
    }

    BuildImage(Path dockerfile, String docker) {
        this.dockerfile = dockerfile;
        this.docker = docker;
    }

    /// Returns why no image can be built here; empty where one can. Fetches the image to build on where it is missing.
    public Optional<String> obstacle() {
        if (Programs.find(docker).isEmpty()) {
            return Optional.of("there is no program `" + docker + "` to build their image with");
        }
        if (!succeeds("version")) {
            return Optional.of("no Docker engine answers `" + docker + " version`");
        }
        String base = base();
        if (succeeds("image", "inspect", base) || succeeds("pull", "--quiet", base)) {
            return Optional.empty();
        }
        return Optional.of("the image " + base + " is not on this machine and cannot be fetched");
    }

    /// Builds the image unless it exists, and returns its reference.
    public String build(Path bundle, String contentHash) {
        String reference = "runyard-tasks:" + contentHash.substring(0, Math.min(12, contentHash.length()));
        if (succeeds("image", "inspect", reference)) {
            return reference;
        }
        Outcome outcome = docker("build", "--quiet", "-t", reference, "-f", dockerfile.toString(), bundle.toString());
        if (outcome.exitCode() != 0) {
            throw new CommandFailure("The image of " + bundle + " could not be built:\n"
                    + outcome.output().strip());
        }
        return reference;
    }

    /// Gives an image a name at a registry and pushes it there, with the credentials of `docker login`.
    void push(String image, String reference) {
        require(docker("tag", image, reference), "named " + reference);
        require(docker("push", "--quiet", reference), "pushed to " + reference);
    }

    private static void require(Outcome outcome, String what) {
        if (outcome.exitCode() != 0) {
            throw new CommandFailure(
                    "The image could not be " + what + ":\n" + outcome.output().strip());
        }
    }

    private String base() {
        try (Stream<String> lines = Files.lines(dockerfile)) {
            return lines.filter(line -> line.startsWith("FROM "))
                    .map(line -> line.split("\\s+")[1])
                    .findFirst()
                    .orElseThrow(() -> new CommandFailure(dockerfile + " has no FROM."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean succeeds(String... arguments) {
        return docker(arguments).exitCode() == 0;
    }

    private Outcome docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of(docker));
        command.addAll(List.of(arguments));
        return Programs.run(command, "");
    }
}
