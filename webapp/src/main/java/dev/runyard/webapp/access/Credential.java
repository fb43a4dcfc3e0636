package dev.runyard.webapp.access;

/// The kinds of credential by which a request can show who makes it.
public enum Credential {
    /// A secret key of an environment. Additional keys are limited by their scopes.
    KEY,
    /// A token that was signed with an environment's key; its scopes limit it.
    PUBLIC_TOKEN,
    /// A person's token, for tools.
    PERSONAL_TOKEN,
    /// A token of an organization, for machines.
    ORGANIZATION_TOKEN,
    /// The token of a worker group.
    WORKER,
    /// The token of a running run.
    RUN,
    /// A browser that is signed in to the dashboard.
    SESSION,
    /// A signature in the address, which the handler checks.
    SIGNED_ADDRESS,
    /// None is asked for.
    NONE
}
