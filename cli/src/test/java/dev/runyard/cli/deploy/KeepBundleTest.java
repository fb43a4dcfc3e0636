package dev.runyard.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeepBundleTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private Path bundle;
    private Path kept;

    @BeforeEach
    void makeBundle() throws Exception {
        bundle = folder.resolve("bundle");
        kept = folder.resolve("kept");
        Files.createDirectories(bundle.resolve("lib"));
        Files.writeString(bundle.resolve("lib/tasks.jar"), "one");
    }

    @Test
    void outlivesALaterBuild() throws Exception {
        Path copy = new KeepBundle(kept).keep(bundle, "hash-1");
        Files.writeString(bundle.resolve("lib/tasks.jar"), "two");

        assertThat(copy.resolve("lib/tasks.jar")).hasContent("one");
        assertThat(copy).isAbsolute();
        assertThat(new KeepBundle(kept).keep(bundle, "hash-1")).isEqualTo(copy);
        assertThat(copy.resolve("lib/tasks.jar")).hasContent("one");
        assertThat(new KeepBundle(kept).keep(bundle, "hash-2").resolve("lib/tasks.jar"))
                .hasContent("two");
    }

    @Test
    void leavesNoDrafts() throws Exception {
        new KeepBundle(kept).keep(bundle, "hash-1");

        try (Stream<Path> found = Files.list(kept)) {
            assertThat(found).containsExactly(kept.resolve("hash-1"));
        }
    }
}
