package dev.runyard.cli.up;

import dev.runyard.cli.console.Console;
import dev.runyard.cli.deploy.BuildImage;
import dev.runyard.cli.up.UpOptions.Workloads;
import java.util.Optional;

/// Leaves containers aside where the choice is ours and the examples' image cannot be built: an engine that answers is
/// of no use on a machine that reaches no registry.
final class ChooseWorkloads {
    private final Console console;

    ChooseWorkloads(Console console) {
        this.console = console;
    }

    UpOptions choose(UpOptions asked) throws Exception {
        if (asked.workloads() != Workloads.AUTO || !asked.withExample()) {
            return asked;
        }
        BuildImage buildImage = new BuildImage(asked.dockerfile());
        Optional<String> obstacle = console.during("containers", "looking for Docker…", buildImage::obstacle);
        if (obstacle.isEmpty()) {
            return asked;
        }
        console.part("containers", "not used for tasks: " + obstacle.get());
        return asked.with(Workloads.PROCESS);
    }
}
