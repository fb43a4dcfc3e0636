package dev.runyard.runner;

import dev.runyard.protocol.manifest.BackgroundWorkerMetadata;
import dev.runyard.runner.index.IndexTasks;
import dev.runyard.runner.index.IndexingException;
import java.io.PrintStream;
import tools.jackson.databind.json.JsonMapper;

/** Prints what a bundle's tasks are, as one JSON document. Run with the bundle's jars on the class path. */
public final class Indexer {
    private Indexer() {}

    /** Prints the document and exits 0, or a message on standard error and exits 1. */
    public static void main(String[] arguments) {
        PrintStream document = System.out;
        // What the static initializers of tasks print must not get between the JSON.
        System.setOut(System.err);
        int code = index(document);
        document.flush();
        EndProcess.with(code);
    }

    private static int index(PrintStream document) {
        try {
            BackgroundWorkerMetadata metadata =
                    IndexTasks.ofClassPath().index(warning -> System.err.println("warning: " + warning));
            document.println(JsonMapper.builder().build().writeValueAsString(metadata));
            return 0;
        } catch (IndexingException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }
}
