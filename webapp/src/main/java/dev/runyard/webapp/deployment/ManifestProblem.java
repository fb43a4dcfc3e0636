package dev.runyard.webapp.deployment;

/// Something in a request that cannot be used.
///
/// @param path where it stands, such as `metadata.tasks[2].retry.maxAttempts`
/// @param message what is wrong with it, a sentence without the path
record ManifestProblem(String path, String message) {}
