package dev.runyard.webapp.deployment;

import java.util.Set;

/// How this installation starts runs.
@FunctionalInterface
public interface WorkloadKinds {
    /// Returns the kinds of workloads that supervisors start at present, such as `docker` and `process`. Empty where
    /// none called lately or none said.
    Set<String> inUse();
}
