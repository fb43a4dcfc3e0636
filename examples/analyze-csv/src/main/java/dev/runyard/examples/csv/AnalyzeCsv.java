package dev.runyard.examples.csv;

import dev.runyard.examples.csv.CsvProfile.ColumnProfile;
import dev.runyard.sdk.AbortTaskRunException;
import dev.runyard.sdk.Local;
import dev.runyard.sdk.Retry;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.TaskContext;
import dev.runyard.sdk.schema.PayloadSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Profiles a CSV in three steps: open it, find out its shape, read it to the end. */
public final class AnalyzeCsv {
    private static final Local<CsvSource> SOURCE = Local.named("source");
    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final int ROWS_PER_CHECK = 1_000;

    /** The task. */
    public static final Task<CsvRequest, CsvProfile> ANALYZE_CSV = Task.define("analyze-csv")
            .description("Profiles the columns of a CSV of any size")
            .input(CsvRequest.class)
            .output(CsvProfile.class)
            .schema(PayloadSchema.ofType(CsvRequest.class))
            .retry(Retry.exponential(3, Duration.ofSeconds(2)))
            .maxDuration(Duration.ofHours(1))
            .cleanup((request, context) -> close(context))
            .run(AnalyzeCsv::analyze);

    private AnalyzeCsv() {}

    private static CsvProfile analyze(CsvRequest request, TaskContext context)
            throws IOException, InterruptedException {
        context.logger().info("Step 1 of 3: opening the source");
        CsvSource source = CsvSource.open(request.source());
        context.set(SOURCE, source);

        BufferedReader text = decode(source);
        char delimiter = Delimiter.choose(request.delimiter(), text);
        context.logger().info("Step 2 of 3: the delimiter is known", Map.of("delimiter", String.valueOf(delimiter)));

        ProfileCsv profile = new ProfileCsv(new CsvReader(text, delimiter));
        List<ColumnProfile> columns = read(profile, request, context);
        context.logger()
                .info(
                        "Step 3 of 3: read to the end",
                        Map.of("rows", profile.rows(), "bytes", source.bytes(), "columns", columns.size()));
        String name = Objects.requireNonNull(request.source(), "open() refuses a request without a source");
        return new CsvProfile(name, String.valueOf(delimiter), profile.rows(), source.bytes(), columns);
    }

    private static List<ColumnProfile> read(ProfileCsv profile, CsvRequest request, TaskContext context)
            throws IOException {
        try {
            return profile.profile(rows -> {
                if (rows % ROWS_PER_CHECK == 0) {
                    context.checkCanceled();
                }
                if (rows % request.rowsPerProgressLine() == 0) {
                    context.progress(rows, "Read %,d rows".formatted(rows));
                }
            });
        } catch (CsvFormatException e) {
            throw new AbortTaskRunException("The CSV is malformed. " + e.getMessage(), e);
        } catch (CharacterCodingException e) {
            throw new AbortTaskRunException("The CSV is not UTF-8, near row %,d".formatted(profile.rows() + 1), e);
        }
    }

    private static BufferedReader decode(CsvSource source) {
        BufferedReader reader = new BufferedReader(
                new InputStreamReader(
                        source,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                64 * 1024);
        try {
            reader.mark(1);
            if (reader.read() != BYTE_ORDER_MARK) {
                reader.reset();
            }
            return reader;
        } catch (CharacterCodingException e) {
            throw new AbortTaskRunException("The CSV is not UTF-8", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(TaskContext context) throws IOException {
        CsvSource source = context.get(SOURCE).orElse(null);
        if (source != null) {
            source.close();
        }
    }
}
