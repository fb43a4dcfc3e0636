package dev.runyard.cli.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/// Copies what is in a folder; one that does not exist has nothing in it.
record CopyFolder(Path from) {
    void to(Path target) {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(Files::isRegularFile).forEach(file -> copy(file, target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy(Path file, Path target) {
        Path copy = target.resolve(from.relativize(file).toString());
        try {
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            // A compiler replaces files; the next change brings what is there then.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
