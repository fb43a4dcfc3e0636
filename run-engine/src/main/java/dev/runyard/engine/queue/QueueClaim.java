package dev.runyard.engine.queue;

import dev.runyard.protocol.id.RunId;

/// A claim that the database has not confirmed yet.
///
/// @param runId the run
/// @param version the version that was queued
public record QueueClaim(RunId runId, int version) {}
