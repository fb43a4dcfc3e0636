package dev.runyard.examples.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Compiles every Java block of the documentation, and every snippet of the SDK's Javadoc. */
class DocsCompileTest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final int LEAST_BLOCKS = 15;

    @TempDir
    static Path classes;

    /** What a block may be: members of a class, statements, or the rest of a builder's chain. */
    private static final List<String> FORMS = List.of(
            "%s",
            "Object statements() throws Exception { %s\nreturn null; }",
            "Object chain = Task.define(\"block\").input(Object.class).output(Object.class)%s;");

    /**
     * @param file where it is written
     * @param line of its begin
     * @param text the Java
     */
    private record Block(Path file, int line, String text) {}

    @TestFactory
    Stream<DynamicTest> compilesEachBlock() throws IOException {
        return blocks().stream()
                .map(block -> DynamicTest.dynamicTest(
                        ROOT.relativize(block.file()) + ":" + block.line(),
                        () -> assertThat(complaints(block)).as(block.text()).isEmpty()));
    }

    @Test
    void findsTheBlocks() throws IOException {
        assertThat(blocks()).hasSizeGreaterThanOrEqualTo(LEAST_BLOCKS);
    }

    @Test
    void noticesABlockThatDoesNotCompile() throws IOException {
        assertThat(complaints(new Block(ROOT, 1, "context.waitFor(\"an hour\");")))
                .isNotEmpty();
    }

    private static List<Block> blocks() throws IOException {
        List<Block> all = new ArrayList<>();
        for (Path file : files()) {
            List<String> lines = Files.readAllLines(file);
            boolean isJava = file.toString().endsWith(".java");
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).strip().equals("```java") && !isJava) {
                    all.add(new Block(file, i + 1, fenced(lines, i + 1)));
                } else if (lines.get(i).contains("{@snippet") && isJava) {
                    all.add(new Block(file, i + 1, snippet(lines, i + 1)));
                }
            }
        }
        return all;
    }

    private static List<Path> files() throws IOException {
        List<Path> found = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        for (String folder : List.of("docs", "examples", "sdk/src/main/java", "worker/src/main/java")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().matches(".*\\.(md|java)"))
                        .filter(file -> !file.toString().contains("/target/"))
                        .filter(file ->
                                !folder.equals("examples") || file.toString().endsWith(".md"))
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static String fenced(List<String> lines, int begin) {
        StringBuilder text = new StringBuilder();
        for (int i = begin; !lines.get(i).strip().equals("```"); i++) {
            text.append(lines.get(i)).append('\n');
        }
        return text.toString();
    }

    /** A snippet ends with the brace that closes its tag. */
    private static String snippet(List<String> lines, int begin) {
        StringBuilder text = new StringBuilder();
        int open = 1;
        for (int i = begin; open > 0; i++) {
            String line = lines.get(i).strip().replaceFirst("^(\\*|///) ?", "");
            open += (int) (line.chars().filter(one -> one == '{').count()
                    - line.chars().filter(one -> one == '}').count());
            text.append(open > 0 ? line + "\n" : "");
        }
        return text.toString();
    }

    /** Returns what is wrong with it in each of its forms; nothing where one of them compiles. */
    private static List<String> complaints(Block block) throws IOException {
        List<String> all = new ArrayList<>();
        for (String form : FORMS) {
            List<String> found = compile(form.formatted(block.text()));
            if (found.isEmpty()) {
                return found;
            }
            all.add("as " + form.formatted("…") + ": " + found);
        }
        return all;
    }

    private static List<String> compile(String members) throws IOException {
        String stage = read("stage.txt");
        String source = read("imports.txt") + "\nclass Block extends Stage {\n" + members + "\n}\n" + stage;
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> complaints = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(complaints, Locale.ROOT, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "-d", classes.toString(), "-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"));
            boolean unused = compiler.getTask(null, files, complaints, options, null, List.of(new Source(source)))
                    .call();
        }
        return complaints.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(one -> one.getMessage(Locale.ROOT))
                .toList();
    }

    private static String read(String name) throws IOException {
        try (var in = DocsCompileTest.class.getResourceAsStream("/docs/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///Block.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
