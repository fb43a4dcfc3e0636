package dev.runyard.webapp.telemetry;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// What a sender is told about what it sent.
///
/// @param rejectedName name of the count in JSON, which differs by kind
/// @param rejected how many records were not kept
/// @param sentence why
record OtlpAnswer(String rejectedName, int rejected, String sentence) {
    private static final MediaType PROTOBUF = MediaType.parseMediaType("application/x-protobuf");
    private static final int PARTIAL_SUCCESS = 1 << 3 | 2;
    private static final int REJECTED = 1 << 3;
    private static final int MESSAGE = 2 << 3 | 2;

    ResponseEntity<?> toResponse(boolean isProtobuf) {
        return isProtobuf ? ResponseEntity.ok().contentType(PROTOBUF).body(protobuf()) : ResponseEntity.ok(json());
    }

    private Map<String, Object> json() {
        if (rejected == 0) {
            return Map.of();
        }
        Map<String, Object> partial = new LinkedHashMap<>();
        partial.put(rejectedName, rejected);
        partial.put("errorMessage", sentence);
        return Map.of("partialSuccess", partial);
    }

    private byte[] protobuf() {
        if (rejected == 0) {
            return new byte[0];
        }
        byte[] text = sentence.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream partial = new ByteArrayOutputStream();
        partial.write(REJECTED);
        varint(partial, rejected);
        partial.write(MESSAGE);
        varint(partial, text.length);
        partial.writeBytes(text);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(PARTIAL_SUCCESS);
        varint(answer, partial.size());
        answer.writeBytes(partial.toByteArray());
        return answer.toByteArray();
    }

    private static void varint(ByteArrayOutputStream out, int value) {
        int left = value;
        while (left > 0x7F) {
            out.write(left & 0x7F | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }
}
