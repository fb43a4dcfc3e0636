package dev.runyard.webapp.auth;

import jakarta.servlet.Filter;

/// A filter of the public API that runs once the caller is known. Not a filter itself, so that the container does not
/// put it before every request.
///
/// @param filter what runs
public record ApiChainFilter(Filter filter) {}
