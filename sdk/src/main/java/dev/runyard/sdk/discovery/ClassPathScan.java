package dev.runyard.sdk.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Names the classes of a class path that declare a field of the task type, by looking at their bytes.
 *
 * <p>A field's type is a constant of its own in a class file: the tag 1, two bytes of length, the text. A method that
 * only mentions the type has it inside of a longer constant, which does not match.
 */
final class ClassPathScan {
    private static final byte[] FIELD_TYPE = constant("Ldev/runyard/sdk/Task;");
    private static final String SUFFIX = ".class";

    /** Our own jars declare no tasks of the user. */
    private static final List<String> OWN = List.of("dev/runyard/sdk/", "dev/runyard/runner/", "dev/runyard/protocol/");

    /** Names the candidates of all entries, sorted. */
    List<String> candidates(List<Path> entries) {
        TreeSet<String> found = new TreeSet<>();
        for (Path entry : entries) {
            try {
                if (Files.isDirectory(entry)) {
                    scanDirectory(entry, found);
                } else if (Files.isRegularFile(entry)) {
                    scanJar(entry, found);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("class path entry " + entry + " cannot be read: " + e.getMessage(), e);
            }
        }
        return new ArrayList<>(found);
    }

    private static void scanJar(Path file, TreeSet<String> found) throws IOException {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            for (JarEntry entry : jar.stream().toList()) {
                if (mayDefineTasks(entry.getName())) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        addIfCandidate(entry.getName(), in.readAllBytes(), found);
                    }
                }
            }
        }
    }

    private static void scanDirectory(Path root, TreeSet<String> found) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                if (mayDefineTasks(name)) {
                    addIfCandidate(name, Files.readAllBytes(file), found);
                }
            }
        }
    }

    private static boolean mayDefineTasks(String name) {
        return name.endsWith(SUFFIX)
                && !name.startsWith("META-INF/")
                && !name.endsWith("-info.class")
                && OWN.stream().noneMatch(name::startsWith);
    }

    private static void addIfCandidate(String name, byte[] bytes, TreeSet<String> found) {
        if (contains(bytes, FIELD_TYPE)) {
            found.add(name.substring(0, name.length() - SUFFIX.length()).replace('/', '.'));
        }
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        for (int start = 0; start <= bytes.length - wanted.length; start++) {
            int matched = 0;
            while (matched < wanted.length && bytes[start + matched] == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return true;
            }
        }
        return false;
    }

    private static byte[] constant(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] constant = new byte[utf8.length + 3];
        constant[0] = 1;
        constant[1] = (byte) (utf8.length >> 8);
        constant[2] = (byte) utf8.length;
        System.arraycopy(utf8, 0, constant, 3, utf8.length);
        return constant;
    }
}
