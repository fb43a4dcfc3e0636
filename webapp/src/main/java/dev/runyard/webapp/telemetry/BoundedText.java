package dev.runyard.webapp.telemetry;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Keeps texts within a length.
///
/// @param json writes JSON
/// @param maxBytes longest text, in bytes of UTF-8
record BoundedText(JsonMapper json, int maxBytes) {

    /// Cuts a text between two characters, and says so in it.
    String cut(String text) {
        if (text.length() <= maxBytes / 4) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= maxBytes) {
            return text;
        }
        int end = maxBytes;
        // Step back to the first byte of a character.
        while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + "… (line of " + bytes.length + " bytes was cut)";
    }

    /// Writes an object or array; one that is empty is left out, and one that is too long is replaced by a word on
    /// that.
    @Nullable
    String write(JsonNode value) {
        if (value.isEmpty()) {
            return null;
        }
        String text = json.writeValueAsString(value);
        if (text.length() <= maxBytes) {
            return text;
        }
        return value.isArray()
                ? "[]"
                : json.writeValueAsString(json.createObjectNode().put("runyard.dropped", "attributes were too long"));
    }
}
