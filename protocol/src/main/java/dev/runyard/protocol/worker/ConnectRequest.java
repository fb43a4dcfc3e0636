package dev.runyard.protocol.worker;

import java.util.Map;

/**
 * Body of {@code POST /engine/v1/worker-actions/connect}.
 *
 * @param metadata what the supervisor says of itself: {@code workerVersion}, {@code workloadManager}, …
 */
public record ConnectRequest(Map<String, Object> metadata) {}
