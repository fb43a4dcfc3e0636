package dev.runyard.webapp.failure;

/// Wants to know of failures. Called within the transaction that notes one; a failure is told once.
public interface FailureListener {
    void failed(Failure failure);
}
