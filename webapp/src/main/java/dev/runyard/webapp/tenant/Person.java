package dev.runyard.webapp.tenant;

import java.util.UUID;

/// A person who has an account.
///
/// @param id the account
/// @param email address
/// @param name how others call them
public record Person(UUID id, String email, String name) {}
