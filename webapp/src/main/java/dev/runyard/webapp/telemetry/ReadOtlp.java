package dev.runyard.webapp.telemetry;

import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.ZipException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the body of an OTLP/HTTP request, JSON or protobuf, packed or not.
@Component
class ReadOtlp {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_TOKENS = 2_000_000;

    private final int limit;
    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .build())
            .build();

    ReadOtlp(TelemetryProperties properties) {
        this.limit = (int) properties.maxBody().toBytes();
    }

    /// Tells whether a request speaks protobuf, and therefore expects an answer in it.
    static boolean isProtobuf(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.contains("protobuf");
    }

    /// Reads a request.
    ///
    /// @throws Refused where it cannot be read
    JsonNode read(HttpServletRequest request, OtlpMessage message) throws IOException, Refused {
        try {
            Optional<byte[]> body = TelemetryBody.read(request, limit);
            if (body.isEmpty()) {
                throw new Refused(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "The body is larger than " + limit
                                + " bytes; send smaller batches, or raise runyard.telemetry.max-body");
            }
            return isProtobuf(request) ? ReadProtobuf.read(body.get(), message, json) : json.readTree(body.get());
        } catch (JacksonException e) {
            throw new Refused(HttpStatus.BAD_REQUEST, "The body is not the JSON of an OTLP request");
        } catch (ReadProtobuf.Malformed e) {
            throw new Refused(HttpStatus.BAD_REQUEST, "The body is not an OTLP request: " + e.getMessage());
        } catch (ZipException | EOFException e) {
            throw new Refused(HttpStatus.BAD_REQUEST, "The body is not what its content encoding says");
        }
    }

    JsonMapper json() {
        return json;
    }

    /// The request cannot be read.
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private final HttpStatus status;

        Refused(HttpStatus status, String sentence) {
            super(sentence);
            this.status = status;
        }

        HttpStatus status() {
            return status;
        }
    }
}
