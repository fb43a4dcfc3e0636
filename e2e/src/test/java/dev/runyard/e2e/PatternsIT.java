package dev.runyard.e2e;

import dev.runyard.e2e.system.WholeSystem;
import java.nio.file.Path;
import java.util.Map;

/// The samples' twins as child processes.
class PatternsIT extends PatternRuns {
    @Override
    WholeSystem deployed() {
        WholeSystem system = WholeSystem.start(
                Path.of("target", "patterns", String.valueOf(System.nanoTime())), "process", Map.of());
        system.deployer().deploy(BUNDLE, "bundle:" + BUNDLE);
        return system;
    }
}
