package dev.runyard.cli.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Copies bundles into a folder, so that a later build does not change a version that is deployed.
public final class KeepBundle {
    private final Path folder;

    public KeepBundle(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /// Returns the copy, which is made only once for equal content.
    public Path keep(Path bundle, String contentHash) {
        Path copy = folder.resolve(contentHash);
        try {
            if (!Files.isDirectory(copy)) {
                Files.createDirectories(folder);
                Path draft = Files.createTempDirectory(folder, "copying");
                copyAll(bundle, draft);
                Files.move(draft, copy);
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(bundle + " could not be copied to " + copy, e);
        }
    }

    private static void copyAll(Path from, Path to) throws IOException {
        try (Stream<Path> found = Files.walk(from)) {
            List<Path> files = found.filter(Files::isRegularFile).toList();
            for (Path file : files) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
