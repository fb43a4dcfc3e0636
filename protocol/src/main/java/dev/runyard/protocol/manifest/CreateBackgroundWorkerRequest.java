package dev.runyard.protocol.manifest;

/**
 * Body of {@code POST /api/v1/deployments/{id}/background-workers}.
 *
 * @param localOnly always true from the official tools; means nothing
 * @param metadata the build
 */
public record CreateBackgroundWorkerRequest(boolean localOnly, BackgroundWorkerMetadata metadata) {}
