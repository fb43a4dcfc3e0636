package dev.runyard.cli.init;

import dev.runyard.cli.CommandFailure;
import dev.runyard.cli.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes the files of a new project. It never changes a file that is there.
final class WriteProject {

    /// Writes them and returns their paths in the project.
    List<String> write(NewProject project) {
        Map<String, String> files = files(project);
        files.keySet().stream()
                .filter(file -> Files.exists(project.folder().resolve(file)))
                .findFirst()
                .ifPresent(file -> {
                    throw new CommandFailure(
                            project.folder().resolve(file) + " exists; choose an empty folder by --dir");
                });
        files.forEach((file, template) -> write(project.folder().resolve(file), fill(template, project)));
        return List.copyOf(files.keySet());
    }

    private static Map<String, String> files(NewProject project) {
        Map<String, String> files = new LinkedHashMap<>();
        String tool = project.tool().name().toLowerCase(Locale.ROOT);
        project.tool().files().forEach(file -> files.put(file, tool + "/" + file));
        String folder = project.packageName().replace('.', '/');
        files.put("src/main/java/" + folder + "/HelloTask.java", "common/HelloTask.java");
        files.put("src/test/java/" + folder + "/HelloTaskTest.java", "common/HelloTaskTest.java");
        return files;
    }

    private static String fill(String template, NewProject project) {
        return read(template)
                .replace("@package@", project.packageName())
                .replace("@name@", project.name())
                .replace("@version@", Version.current());
    }

    private static String read(String template) {
        try (InputStream in = WriteProject.class.getResourceAsStream("/init/" + template)) {
            if (in == null) {
                throw new IllegalStateException("this build lacks the template " + template);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new CommandFailure("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
