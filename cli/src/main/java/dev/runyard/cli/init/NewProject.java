package dev.runyard.cli.init;

import dev.runyard.cli.CommandFailure;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// A project to make.
///
/// @param folder where
/// @param packageName of its classes
/// @param tool what builds it
record NewProject(Path folder, String packageName, BuildTool tool) {
    private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

    NewProject {
        if (!PACKAGE.matcher(packageName).matches()) {
            throw new CommandFailure("--package " + packageName + " is no package; write it like com.example.tasks");
        }
    }

    /// Its name: that of the folder, with what tools do not like replaced.
    String name() {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        String name = last == null ? "" : last.toString().replaceAll("[^A-Za-z0-9_.-]", "-");
        return name.isEmpty() ? "tasks" : name;
    }
}
