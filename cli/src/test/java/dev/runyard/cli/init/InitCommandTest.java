package dev.runyard.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.sdk.discovery.DiscoverTasks;
import dev.runyard.sdk.discovery.DiscoveredTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class InitCommandTest {
    private final StringWriter out = new StringWriter();
    private final CommandLine line = new CommandLine(new InitCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(out, true));

    @TempDir
    Path folder;

    @Test
    void writesAMavenProjectWhoseTaskIsFound() throws IOException {
        assertThat(line.execute("--dir", folder.toString(), "--package", "shop.jobs"))
                .isZero();

        assertThat(Files.readString(folder.resolve("pom.xml")))
                .contains("<groupId>shop.jobs</groupId>", "${runyard.version}")
                .doesNotContain("@");
        assertThat(tasks("shop/jobs")).containsExactly("hello");
        assertThat(out.toString()).contains("mvn package", "--bundle target/bundle");
    }

    @Test
    void writesAGradleProject() throws IOException {
        assertThat(line.execute("--dir", folder.resolve("my tasks").toString(), "--build", "gradle"))
                .isZero();

        Path project = folder.resolve("my tasks");
        assertThat(Files.readString(project.resolve("settings.gradle"))).contains("'my-tasks'");
        assertThat(Files.readString(project.resolve("build.gradle")))
                .contains("runyard-sdk:", "bundle/lib")
                .doesNotContain("@");
        assertThat(project.resolve("src/main/java/com/example/tasks/HelloTask.java"))
                .exists();
    }

    @Test
    void changesNoFileThatIsThere() throws IOException {
        Files.writeString(folder.resolve("pom.xml"), "mine");

        assertThat(line.execute("--dir", folder.toString())).isNotZero();

        assertThat(out.toString()).contains("exists; choose an empty folder");
        assertThat(Files.readString(folder.resolve("pom.xml"))).isEqualTo("mine");
        assertThat(folder.resolve("src")).doesNotExist();
    }

    @Test
    void refusesWhatIsNoPackage() {
        assertThat(line.execute("--dir", folder.toString(), "--package", "My Tasks"))
                .isNotZero();
        assertThat(out.toString()).contains("is no package; write it like com.example.tasks");
    }

    private List<String> tasks(String sources) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        int code = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        classes.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        folder.resolve("src/main/java/" + sources + "/HelloTask.java")
                                .toString(),
                        folder.resolve("src/test/java/" + sources + "/HelloTaskTest.java")
                                .toString());
        assertThat(code).isZero();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            return DiscoverTasks.in(List.of(classes), loader).tasks().stream()
                    .map(DiscoveredTask::task)
                    .map(task -> task.id())
                    .toList();
        }
    }
}
