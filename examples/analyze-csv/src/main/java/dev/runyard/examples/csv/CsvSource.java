package dev.runyard.examples.csv;

import dev.runyard.sdk.AbortTaskRunException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Opens the bytes of a CSV, unpacked, and counts them. */
final class CsvSource extends FilterInputStream {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final int BUFFER = 64 * 1024;

    private long bytes;

    private CsvSource(InputStream in) {
        super(in);
    }

    /**
     * Opens a source.
     *
     * @throws AbortTaskRunException where another attempt would find the same: no such file, a refusal by the server
     */
    static CsvSource open(@Nullable String source) throws IOException, InterruptedException {
        if (source == null || source.isBlank()) {
            throw new AbortTaskRunException("The payload needs a \"source\": a URL or a path");
        }
        InputStream raw =
                source.startsWith("http://") || source.startsWith("https://") ? overHttp(source) : fromFile(source);
        BufferedInputStream buffered = new BufferedInputStream(raw, BUFFER);
        return new CsvSource(isGzip(buffered) ? new GZIPInputStream(buffered, BUFFER) : buffered);
    }

    long bytes() {
        return bytes;
    }

    @Override
    public int read() throws IOException {
        int b = in.read();
        bytes += b < 0 ? 0 : 1;
        return b;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        bytes += Math.max(0, count);
        return count;
    }

    private static InputStream fromFile(String source) throws IOException {
        Path path;
        try {
            path = source.startsWith("file:") ? Path.of(URI.create(source)) : Path.of(source);
        } catch (IllegalArgumentException e) {
            throw new AbortTaskRunException("The \"source\" is neither a URL nor a path: " + source, e);
        }
        if (!Files.isRegularFile(path)) {
            throw new AbortTaskRunException("There is no file " + path + " where the task runs");
        }
        return Files.newInputStream(path);
    }

    private static InputStream overHttp(String source) throws IOException, InterruptedException {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(URI.create(source))
                    .timeout(ANSWER_TIMEOUT)
                    .build();
        } catch (IllegalArgumentException e) {
            throw new AbortTaskRunException("The \"source\" is no valid URL: " + source, e);
        }
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        int status = response.statusCode();
        if (status == 200) {
            return response.body();
        }
        response.body().close();
        String message = source + " answered with status " + status;
        if (status >= 500 || status == 429 || status == 408) {
            throw new IOException(message);
        }
        throw new AbortTaskRunException(message);
    }

    /** The first two bytes tell, whatever the file's name or the server's headers say. */
    private static boolean isGzip(BufferedInputStream stream) throws IOException {
        stream.mark(2);
        boolean gzip = stream.read() == 0x1f && stream.read() == 0x8b;
        stream.reset();
        return gzip;
    }
}
