package dev.runyard.protocol.worker;

/**
 * Body of {@code POST …/attempts/complete}.
 *
 * @param completion how the attempt ended
 */
public record CompleteAttemptRequest(Completion completion) {}
