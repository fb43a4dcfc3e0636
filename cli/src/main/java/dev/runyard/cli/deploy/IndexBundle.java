package dev.runyard.cli.deploy;

import dev.runyard.cli.CommandFailure;
import dev.runyard.cli.process.Programs;
import dev.runyard.protocol.manifest.BackgroundWorkerMetadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// Asks a bundle what its tasks are, in a process of its own: the tasks' classes are loaded for it.
final class IndexBundle {
    private static final String INDEXER = "dev.runyard.runner.Indexer";
    private final JsonMapper json = JsonMapper.builder().build();

    BackgroundWorkerMetadata index(Path bundle) {
        Path lib = bundle.resolve("lib");
        if (!Files.isDirectory(lib)) {
            throw new CommandFailure(bundle + " is no bundle: it has no folder lib/ with the task's jars.");
        }
        try {
            Path complaints = Files.createTempFile("runyard-index", ".txt");
            try {
                return json.readValue(document(lib, complaints), BackgroundWorkerMetadata.class);
            } finally {
                Files.delete(complaints);
            }
        } catch (IOException e) {
            throw new CommandFailure("The tasks of " + bundle + " could not be read: " + e.getMessage(), e);
        }
    }

    private static byte[] document(Path lib, Path complaints) throws IOException {
        List<String> command =
                List.of(Programs.java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", lib + "/*", INDEXER);
        Process process =
                new ProcessBuilder(command).redirectError(complaints.toFile()).start();
        process.getOutputStream().close();
        byte[] document = process.getInputStream().readAllBytes();
        try {
            if (process.waitFor() != 0) {
                throw new CommandFailure("The tasks in " + lib + " could not be loaded:\n"
                        + Files.readString(complaints, StandardCharsets.UTF_8).strip());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while the tasks were read", e);
        }
        return document;
    }
}
