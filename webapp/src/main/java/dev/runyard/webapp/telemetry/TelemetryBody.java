package dev.runyard.webapp.telemetry;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// Reads a request's body, unpacked, and never more of it than allowed: neither a long body nor a small one
/// that unpacks to a huge one takes memory (threat S19).
final class TelemetryBody {
    private TelemetryBody() {}

    /// Returns the body, or nothing where it is larger than `limit` bytes.
    static Optional<byte[]> read(HttpServletRequest request, int limit) throws IOException {
        if (request.getContentLengthLong() > limit) {
            return Optional.empty();
        }
        boolean isPacked = "gzip".equalsIgnoreCase(request.getHeader("Content-Encoding"));
        try (InputStream raw = request.getInputStream();
                InputStream body = isPacked ? new GZIPInputStream(raw) : raw) {
            byte[] bytes = body.readNBytes(limit + 1);
            return bytes.length > limit ? Optional.empty() : Optional.of(bytes);
        }
    }
}
