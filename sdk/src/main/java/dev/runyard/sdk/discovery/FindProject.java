package dev.runyard.sdk.discovery;

import dev.runyard.sdk.ProjectConfig;
import dev.runyard.sdk.RunyardProject;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds the settings of the project on a class path. */
public final class FindProject {
    private FindProject() {}

    /**
     * Returns the settings; empty ones where no class gives any.
     *
     * @throws TaskDiscoveryException where several classes give some, or the class cannot be used
     */
    public static ProjectConfig in(ClassLoader loader) {
        try {
            List<ServiceLoader.Provider<RunyardProject>> found =
                    ServiceLoader.load(RunyardProject.class, loader).stream().toList();
            if (found.size() > 1) {
                List<String> names =
                        found.stream().map(one -> one.type().getName()).toList();
                throw new TaskDiscoveryException("a project has one RunyardProject, not " + names, null);
            }
            return found.isEmpty()
                    ? ProjectConfig.EMPTY
                    : found.getFirst().get().config();
        } catch (ServiceConfigurationError e) {
            throw new TaskDiscoveryException("the project's settings cannot be read: " + e.getMessage(), e);
        }
    }
}
