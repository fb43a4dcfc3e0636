package dev.runyard.supervisor.workload.docker;

/// No Docker engine answers.
public final class DockerUnavailable extends RuntimeException {
    DockerUnavailable(RuntimeException cause) {
        super(rootMessage(cause), cause);
    }

    private static String rootMessage(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
