package dev.runyard.webapp.worker;

/// A worker's request that cannot be read.
final class WorkerRequestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String details;

    WorkerRequestException(String error, String details) {
        super(error);
        this.details = details;
    }

    String details() {
        return details;
    }
}
