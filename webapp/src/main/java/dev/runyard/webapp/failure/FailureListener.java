package dev.runyard.webapp.dashboard.failure;

/// Wants to know of failures. Called within the transaction that notes one; a failure is told once.
public interface FailureListener {
    void failed(Failure failure);
}
