package dev.runyard.webapp.auth;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;

/// A run that makes a request.
///
/// @param run which
/// @param environment where it belongs
public record RunIdentity(RunId run, EnvironmentId environment) {}
