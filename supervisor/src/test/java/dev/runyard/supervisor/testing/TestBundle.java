package dev.runyard.supervisor.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/// A task bundle that holds the stand-in for the runner.
public final class TestBundle {
    private static final String[] CLASSES = {"Runner", "ScriptedRun"};

    private TestBundle() {}

    /// Makes the bundle in a folder and returns its image reference.
    public static String in(Path folder) throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib"));
        Files.write(lib.resolve("test-runner.jar"), jar());
        return "bundle:" + folder.toAbsolutePath();
    }

    /// Returns the jar of the stand-in.
    public static byte[] jar() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            for (String name : CLASSES) {
                String entry = "dev/runyard/runner/" + name + ".class";
                jar.putNextEntry(new JarEntry(entry));
                try (InputStream content = TestBundle.class.getClassLoader().getResourceAsStream(entry)) {
                    if (content == null) {
                        throw new IOException(entry + " is not on the class path");
                    }
                    content.transferTo(jar);
                }
                jar.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
