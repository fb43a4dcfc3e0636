package dev.runyard.examples.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import dev.runyard.examples.csv.CsvProfile.ColumnProfile;
import dev.runyard.sdk.testing.InlineRun;
import dev.runyard.sdk.testing.InlineRunner;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzeCsvTest {
    private static final String PEOPLE = """
            name,age,height,member,born,seen,note
            "Lovelace, Ada",36,1.65,true,1815-12-10,1852-11-27T10:00:00Z,
            "Hopper ""Amazing"" Grace",85,1.7,FALSE,1906-12-09,1992-01-01 12:30:00,"two
            lines"
            Turing,-41,-2e1,true,1912-06-23,1954-06-07T08:00,
            """;

    @TempDir
    Path folder;

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void profilesEveryTypeOfColumn() throws IOException {
        CsvProfile profile = profile(file("people.csv", PEOPLE), null);

        assertThat(profile.rows()).isEqualTo(3);
        assertThat(profile.bytes()).isEqualTo(PEOPLE.length());
        assertThat(profile.delimiter()).isEqualTo(",");
        assertThat(profile.columns())
                .extracting(ColumnProfile::type)
                .containsExactly("text", "integer", "decimal", "boolean", "date", "timestamp", "text");
        assertThat(column(profile, "age").min()).isEqualTo(-41);
        assertThat(column(profile, "age").max()).isEqualTo(85);
        assertThat(column(profile, "age").mean()).isCloseTo(80 / 3.0, within(1e-9));
        assertThat(column(profile, "height").min()).isEqualTo(-20.0);
        assertThat(column(profile, "born").min()).isEqualTo("1815-12-10");
        assertThat(column(profile, "member").distinct()).isEqualTo(2);
        assertThat(column(profile, "name").max()).isEqualTo("Turing");
        assertThat(column(profile, "note").nulls()).isEqualTo(2);
        assertThat(column(profile, "note").min()).isEqualTo("two\nlines");
    }

    @Test
    void readsOverHttpAndUnpacks() throws IOException {
        server.createContext("/people.csv.gz", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = new GZIPOutputStream(exchange.getResponseBody())) {
                out.write(PEOPLE.getBytes(StandardCharsets.UTF_8));
            }
        });

        assertThat(profile(url("/people.csv.gz"), null).rows()).isEqualTo(3);
    }

    @Test
    void streamsManyRowsAndReportsProgress() {
        int rows = 250_000;
        server.createContext("/big.csv", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                StringBuilder block = new StringBuilder("id,half,few\n");
                for (int i = 0; i < rows; i++) {
                    block.append(i)
                            .append(',')
                            .append(i / 2)
                            .append(',')
                            .append(i % 7)
                            .append('\n');
                    if (block.length() > 60_000) {
                        out.write(block.toString().getBytes(StandardCharsets.UTF_8));
                        block.setLength(0);
                    }
                }
                out.write(block.toString().getBytes(StandardCharsets.UTF_8));
            }
        });

        InlineRun<CsvProfile> run = run(url("/big.csv"), null);
        CsvProfile profile = require(run);

        assertThat(profile.rows()).isEqualTo(rows);
        assertThat(column(profile, "id").distinctIsExact()).isFalse();
        assertThat((double) column(profile, "id").distinct()).isCloseTo(rows, within(0.03 * rows));
        assertThat((double) column(profile, "half").distinct()).isCloseTo(rows / 2.0, within(0.03 * rows / 2));
        assertThat(column(profile, "few").distinct()).isEqualTo(7);
        assertThat(column(profile, "few").distinctIsExact()).isTrue();
        assertThat(run.lines()).extracting(InlineRun.Line::message).contains("Read 100,000 rows", "Read 200,000 rows");
    }

    @Test
    void guessesTheDelimiterOrTakesTheNamedOne() throws IOException {
        assertThat(profile(file("a.csv", "\"a,b\";c\n1;2\n"), null).columns()).hasSize(2);
        assertThat(profile(file("b.csv", "a\tb\n1\t2\n"), null).delimiter()).isEqualTo("\t");
        assertThat(profile(file("c.csv", "a,b#c\n1,2#3\n"), "#").columns())
                .extracting(ColumnProfile::name)
                .containsExactly("a,b", "c");
    }

    @Test
    void takesByteOrderMarksCarriageReturnsAndEmptyLines() throws IOException {
        CsvProfile profile = profile(file("dos.csv", "\uFEFFa,b\r\n1,2\r\n\r\n3,4"), null);

        assertThat(profile.columns()).extracting(ColumnProfile::name).containsExactly("a", "b");
        assertThat(profile.rows()).isEqualTo(2);
    }

    @Test
    void namesTheLineThatBreaksTheRules() throws IOException {
        assertThat(failure(file("1.csv", "a,b\n1,2\n\"x\ny\",3\n4\n")))
                .contains("Line 5: 1 fields, but the header has 2");
        assertThat(failure(file("2.csv", "a,b\n1,te\"a\n"))).contains("Line 2: a quote inside");
        assertThat(failure(file("3.csv", "a,b\n1,\"te\"a\n"))).contains("Line 2: 'a' after the closing quote");
        assertThat(failure(file("4.csv", "a,b\n1,2\n3,\"never\nends\n"))).contains("Line 3: a quoted field that never");
        assertThat(failure(file("5.csv", ""))).contains("Line 1: the CSV is empty");
    }

    @Test
    void refusesTextThatIsNotUtf8() throws IOException {
        Path file = folder.resolve("latin1.csv");
        Files.write(file, "a\nJos\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(failure(file.toString())).contains("not UTF-8");
    }

    @Test
    void saysWhatIsWrongWithASource() {
        server.createContext("/gone", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });

        assertThat(failure(null)).contains("needs a \"source\"");
        assertThat(failure("/does/not/exist.csv")).contains("There is no file /does/not/exist.csv");
        assertThat(failure(url("/gone"))).contains("answered with status 404");
    }

    @Test
    void triesAgainWhereTheServerFails() {
        AtomicInteger calls = new AtomicInteger();
        server.createContext("/flaky", exchange -> {
            if (calls.incrementAndGet() < 3) {
                exchange.sendResponseHeaders(503, -1);
            } else {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write("a\n1\n".getBytes(StandardCharsets.UTF_8));
            }
            exchange.close();
        });

        InlineRun<CsvProfile> run = run(url("/flaky"), null);

        assertThat(run.attempts()).isEqualTo(3);
        assertThat(require(run).rows()).isEqualTo(1);
    }

    @Test
    void keepsWideNumbersAndLeadingZeros() throws IOException {
        CsvProfile profile =
                profile(file("wide.csv", "long,wider,zip\n9223372036854775807,9223372036854775808,01234\n"), null);

        assertThat(column(profile, "long").max()).isEqualTo(Long.MAX_VALUE);
        assertThat(column(profile, "wider").type()).isEqualTo("decimal");
        assertThat(new BigDecimal(String.valueOf(column(profile, "wider").max())))
                .isEqualByComparingTo("9.223372036854776E18");
        assertThat(column(profile, "zip").type()).isEqualTo("text");
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    private static InlineRun<CsvProfile> run(@Nullable String source, @Nullable String delimiter) {
        return InlineRunner.create().run(AnalyzeCsv.ANALYZE_CSV, new CsvRequest(source, delimiter, null));
    }

    private static CsvProfile profile(String source, @Nullable String delimiter) {
        return require(run(source, delimiter));
    }

    private static CsvProfile require(InlineRun<CsvProfile> run) {
        if (run.output() == null) {
            throw new AssertionError("the task failed: " + run.error());
        }
        return run.output();
    }

    private static String failure(@Nullable String source) {
        InlineRun<CsvProfile> run = run(source, null);
        assertThat(run.attempts()).isEqualTo(1);
        return run.error() == null ? "" : run.error().summary();
    }

    private static ColumnProfile column(CsvProfile profile, String name) {
        return profile.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
