package dev.runyard.webapp.session;

import java.util.UUID;

/// A person who uses the dashboard.
///
/// @param id the user
/// @param email address
/// @param name how the page calls them
public record SignedInUser(UUID id, String email, String name) {}
