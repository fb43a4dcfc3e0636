package dev.runyard.webapp.tenant;

import java.util.Arrays;
import java.util.Optional;

/// The kinds of environment, with the names that keys and the public API use.
public enum EnvironmentType {
    DEVELOPMENT("dev"),
    STAGING("stg"),
    PRODUCTION("prod"),
    PREVIEW("preview");

    private final String slug;

    EnvironmentType(String slug) {
        this.slug = slug;
    }

    /// Finds a type by its slug, such as `prod`.
    public static Optional<EnvironmentType> find(String slug) {
        return Arrays.stream(values()).filter(type -> type.slug.equals(slug)).findFirst();
    }

    /// Returns the short name, such as `prod`.
    public String slug() {
        return slug;
    }

    /// Returns what secret keys of this type begin with.
    public String keyPrefix() {
        return "tr_" + slug + "_";
    }
}
