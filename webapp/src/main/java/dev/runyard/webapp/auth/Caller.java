package dev.runyard.webapp.auth;

/// Who calls the public API: somebody with the credential of an environment, or a person.
public sealed interface Caller permits ApiCaller, UserCaller {}
