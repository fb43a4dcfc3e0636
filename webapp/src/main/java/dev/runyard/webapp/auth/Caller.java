package dev.runyard.webapp.auth;

/// Who calls the public API: somebody with the credential of an environment, a person, or
/// an organization's machine.
public sealed interface Caller permits ApiCaller, UserCaller, OrganizationCaller {}
