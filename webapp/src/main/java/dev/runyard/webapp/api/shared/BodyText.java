package dev.runyard.webapp.api.shared;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;

/// Reads the body of a request as text, up to a limit. What the content type says does not matter: clients
/// send JSON under several.
public final class BodyText {
    private BodyText() {}

    /// Reads a body; empty where there is none.
    ///
    /// @throws ApiException where it is longer than the limit, or no UTF-8
    public static String read(HttpServletRequest request, int maxBytes) throws IOException {
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge();
        }
        byte[] bytes = request.getInputStream().readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw tooLarge();
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            throw ApiException.of(HttpStatus.BAD_REQUEST, "Invalid JSON: the body is not UTF-8");
        }
    }

    private static ApiException tooLarge() {
        return ApiException.of(HttpStatus.CONTENT_TOO_LARGE, "Request body too large");
    }
}
