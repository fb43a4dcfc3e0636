package dev.runyard.cli.init;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `runyard init`: makes a project with a first task.
@Command(name = "init", description = "Makes a project with a first task.", mixinStandardHelpOptions = true)
public final class InitCommand implements Callable<Integer> {
    @Option(names = "--dir", description = "Where (default: this folder).", paramLabel = "FOLDER")
    private Path folder = Path.of(".");

    @Option(names = "--package", description = "Package of the classes (default: ${DEFAULT-VALUE}).")
    private String packageName = "com.example.tasks";

    @Option(names = "--build", description = "Build tool: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private BuildTool tool = BuildTool.MAVEN;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        new WriteProject()
                .write(new NewProject(folder, packageName, tool))
                .forEach(file -> out.println("wrote " + folder.resolve(file)));
        out.println();
        out.println("Let it run here, and reload with each save:");
        out.println("  runyard dev --project " + folder);
        out.println("Build and deploy it:");
        out.println("  " + tool.command());
        out.println("  runyard deploy --bundle " + tool.bundle() + " --url http://localhost:3030 --key tr_prod_…");
        return 0;
    }
}
