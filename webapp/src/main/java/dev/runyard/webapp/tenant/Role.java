package dev.runyard.webapp.tenant;

/// What a member of an organization may do; each role may do what the later ones may.
public enum Role {
    /// Everything.
    OWNER,
    /// Members, keys and environments.
    ADMIN,
    /// Runs, deployments and variables.
    DEVELOPER,
    /// Look.
    VIEWER;

    /// Tells whether this role may do what another may.
    public boolean includes(Role other) {
        return compareTo(other) <= 0;
    }
}
