package dev.runyard.webapp.auth;

import dev.runyard.webapp.tenant.Person;

/// A person who calls the public API with a personal token.
///
/// @param person who
public record UserCaller(Person person) implements Caller {}
