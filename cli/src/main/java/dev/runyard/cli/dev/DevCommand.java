package dev.runyard.cli.dev;

import dev.runyard.cli.CommandFailure;
import dev.runyard.cli.ServerAddress;
import dev.runyard.cli.console.Console;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `runyard dev`: executes tasks from their sources.
@Command(
        name = "dev",
        description = "Executes the runs of your development environment from your sources, and reloads them when you"
                + " save.",
        mixinStandardHelpOptions = true)
public final class DevCommand implements Callable<Integer> {
    @Option(
            names = "--project",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "The project: a folder with a pom.xml or a build.gradle (default: this folder).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path project;

    @Option(
            names = "--sources",
            paramLabel = "DIR",
            description = "Folder with Java sources to compile, for other build tools; may be repeated.")
    private List<Path> sources = List.of();

    @Option(
            names = "--resources",
            paramLabel = "DIR",
            description = "Folder with files that belong beside the classes of --sources; may be repeated.")
    private List<Path> resources = List.of();

    @Option(
            names = "--classes",
            paramLabel = "DIR",
            description = "Folder with classes that another tool compiles; may be repeated.")
    private List<Path> classes = List.of();

    @Option(
            names = "--class-path",
            paramLabel = "PATH",
            defaultValue = "",
            description = "Dependencies of --sources or --classes.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String classPath;

    @Mixin
    private final ServerAddress server = new ServerAddress();

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${env:TRIGGER_ACCESS_TOKEN}",
            description = "Your personal token, by which you get an environment of your own (default:"
                    + " $TRIGGER_ACCESS_TOKEN).")
    private @Nullable String token;

    @Option(
            names = "--project-ref",
            paramLabel = "REF",
            defaultValue = "${env:TRIGGER_PROJECT_REF}",
            description = "The project on the server, proj_… (default: $TRIGGER_PROJECT_REF).")
    private @Nullable String projectRef;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            defaultValue = "${env:TRIGGER_SECRET_KEY}",
            description = "Key of a development environment, tr_dev_…, in place of a token (default:"
                    + " $TRIGGER_SECRET_KEY, else that of `runyard up` on this machine).")
    private @Nullable String key;

    @Option(
            names = "--data",
            defaultValue = ".runyard",
            paramLabel = "DIR",
            description = "Data folder of `runyard up`, where its key is.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path data;

    @Option(names = "--debug", paramLabel = "PORT", description = "Lets a debugger attach to the tasks at this port.")
    private @Nullable Integer debugPort;

    @Option(names = "--concurrency", defaultValue = "10", description = "Most runs at once (default: 10).")
    private int concurrency;

    @Override
    public Integer call() throws Exception {
        DevTarget target = new FindDevTarget(server.url()).find(token, projectRef, key, data);
        new RunDev(chooseProject(), target, new DevOptions(debugPort, concurrency), Console.ofProcess()).run();
        return 0;
    }

    private DevProject chooseProject() {
        List<Path> dependencies = Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.isBlank())
                .map(Path::of)
                .toList();
        if (!sources.isEmpty() && !classes.isEmpty()) {
            throw new CommandFailure("Give either --sources or --classes, not both.");
        }
        if (!sources.isEmpty()) {
            return new SourceFolders(sources, resources, dependencies);
        }
        if (!classes.isEmpty()) {
            return new ClassFolders(classes, dependencies);
        }
        return BuiltProject.in(project.toAbsolutePath().normalize());
    }
}
