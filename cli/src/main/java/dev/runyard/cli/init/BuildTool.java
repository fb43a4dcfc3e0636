package dev.runyard.cli.init;

import java.util.List;

/// What builds a new project.
enum BuildTool {
    MAVEN("mvn package", "target/bundle", List.of("pom.xml")),
    GRADLE("gradle bundle", "build/bundle", List.of("build.gradle", "settings.gradle"));

    private final String command;
    private final String bundle;
    private final List<String> files;

    BuildTool(String command, String bundle, List<String> files) {
        this.command = command;
        this.bundle = bundle;
        this.files = files;
    }

    /// What a person types to build.
    String command() {
        return command;
    }

    /// Where the bundle is then.
    String bundle() {
        return bundle;
    }

    /// Its build files.
    List<String> files() {
        return files;
    }
}
