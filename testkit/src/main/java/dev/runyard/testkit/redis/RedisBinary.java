package dev.runyard.testkit.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/// Finds a `redis-server`: the one on the PATH, or the one that a library brings.
final class RedisBinary {
    private static @Nullable Path found;

    private RedisBinary() {}

    static synchronized Path find() {
        if (found == null) {
            found = onPath();
        }
        return found;
    }

    private static Path onPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(RedisBinary::unpack);
    }

    private static Path unpack() {
        try {
            Path folder = Files.createTempDirectory("runyard-redis");
            folder.toFile().deleteOnExit();
            File file =
                    ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
            file.deleteOnExit();
            return file.toPath();
        } catch (IOException e) {
            throw new UncheckedIOException("There is no redis-server on the PATH and none could be unpacked", e);
        }
    }
}
