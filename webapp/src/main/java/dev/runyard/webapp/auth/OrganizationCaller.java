package dev.runyard.webapp.auth;

import dev.runyard.webapp.tenant.OrganizationTokens;

/// A machine that calls the public API with a token of an organization. It may do there what a developer may.
///
/// @param holder which token, of which organization
public record OrganizationCaller(OrganizationTokens.Holder holder) implements Caller {}
