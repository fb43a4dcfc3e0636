package dev.runyard.webapp.telemetry;

import dev.runyard.webapp.telemetry.OtlpMessage.Field;
import dev.runyard.webapp.telemetry.OtlpMessage.Form;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads a message of OTLP in its protobuf form as the tree of its JSON form, so that one reader serves both.
///
/// Some hundred lines stand here instead of a library with two thousand generated classes. Unknown fields are passed
/// over. How deep and how many messages a body holds is bounded, because a few bytes of it can stand for much memory.
final class ReadProtobuf {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_MESSAGES = 500_000;
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED_32 = 5;
    private static final int MAX_VARINT_BITS = 64;

    private final JsonMapper json;
    private int messages;

    private ReadProtobuf(JsonMapper json) {
        this.json = json;
    }

    /// Reads a message.
    ///
    /// @throws Malformed where the bytes are not such a message
    static JsonNode read(byte[] body, OtlpMessage message, JsonMapper json) throws Malformed {
        try {
            return new ReadProtobuf(json).message(ByteBuffer.wrap(body), message, 0);
        } catch (BufferUnderflowException e) {
            throw new Malformed("it ends in the middle of a field", e);
        }
    }

    private ObjectNode message(ByteBuffer in, OtlpMessage message, int depth) throws Malformed {
        if (depth > MAX_DEPTH || ++messages > MAX_MESSAGES) {
            throw new Malformed("it is nested too deeply, or holds too many parts");
        }
        in.order(ByteOrder.LITTLE_ENDIAN);
        ObjectNode node = json.createObjectNode();
        while (in.hasRemaining()) {
            long tag = varint(in);
            int wire = (int) (tag & 7);
            Field field = tag >>> 3 > Integer.MAX_VALUE ? null : message.field((int) (tag >>> 3));
            if (field == null || wire != wireOf(field.form())) {
                skip(in, wire);
            } else {
                put(node, field, in, depth);
            }
        }
        return node;
    }

    private void put(ObjectNode node, Field field, ByteBuffer in, int depth) throws Malformed {
        switch (field.form()) {
            case TEXT -> node.put(field.name(), new String(bytes(in), StandardCharsets.UTF_8));
            case HEX -> node.put(field.name(), HexFormat.of().formatHex(bytes(in)));
            case BASE64 -> node.put(field.name(), Base64.getEncoder().encodeToString(bytes(in)));
            case BOOLEAN -> node.put(field.name(), varint(in) != 0);
            case INTEGER -> node.put(field.name(), varint(in));
            case FIXED -> node.put(field.name(), in.getLong());
            case DOUBLE -> node.put(field.name(), in.getDouble());
            case MESSAGE -> {
                ObjectNode part = message(slice(in), Objects.requireNonNull(field.of()), depth + 1);
                if (field.isMany()) {
                    node.withArray(field.name()).add(part);
                } else {
                    node.set(field.name(), part);
                }
            }
        }
    }

    private static int wireOf(Form form) {
        return switch (form) {
            case TEXT, HEX, BASE64, MESSAGE -> LENGTH;
            case BOOLEAN, INTEGER -> VARINT;
            case FIXED, DOUBLE -> FIXED_64;
        };
    }

    private static void skip(ByteBuffer in, int wire) throws Malformed {
        switch (wire) {
            case VARINT -> varint(in);
            case FIXED_64 -> in.getLong();
            case LENGTH -> slice(in);
            case FIXED_32 -> in.getInt();
            default -> throw new Malformed("it has a field of an unknown kind");
        }
    }

    private static byte[] bytes(ByteBuffer in) throws Malformed {
        ByteBuffer slice = slice(in);
        byte[] bytes = new byte[slice.remaining()];
        slice.get(bytes);
        return bytes;
    }

    private static ByteBuffer slice(ByteBuffer in) throws Malformed {
        long length = varint(in);
        if (length < 0 || length > in.remaining()) {
            throw new Malformed("it ends in the middle of a field");
        }
        ByteBuffer slice = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        return slice;
    }

    private static long varint(ByteBuffer in) throws Malformed {
        long value = 0;
        for (int shift = 0; shift < MAX_VARINT_BITS; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new Malformed("it has a number of more than 64 bits");
    }

    /// The bytes are not the message that they should be.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String sentence) {
            super(sentence);
        }

        Malformed(String sentence, Throwable cause) {
            super(sentence, cause);
        }
    }
}
