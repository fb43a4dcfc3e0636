package dev.runyard.webapp.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReadProtobufTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void readsEveryFormOfField() throws Exception {
        byte[] value = field(3, varint(-1));
        byte[] attribute = concat(field(1, "count"), field(2, value));
        byte[] span = concat(
                field(1, new byte[] {0x0A, (byte) 0xF7}),
                field(5, "é"),
                fixed(7, 1_785_578_400_000_000_001L),
                field(9, attribute),
                field(15, concat(field(2, "why"), field(3, varint(2)))));
        byte[] request = field(1, field(2, concat(field(2, span), field(2, new byte[0]))));

        JsonNode spans = read(request, OtlpMessage.TRACES_REQUEST).at("/resourceSpans/0/scopeSpans/0/spans");

        assertThat(spans.size()).isEqualTo(2);
        assertThat(spans.at("/0/traceId").asString()).isEqualTo("0af7");
        assertThat(spans.at("/0/name").asString()).isEqualTo("é");
        assertThat(spans.at("/0/startTimeUnixNano").asLong()).isEqualTo(1_785_578_400_000_000_001L);
        assertThat(spans.at("/0/attributes/0/key").asString()).isEqualTo("count");
        assertThat(spans.at("/0/attributes/0/value/intValue").asLong()).isEqualTo(-1);
        assertThat(spans.at("/0/status/code").asInt()).isEqualTo(2);
    }

    @Test
    void passesOverWhatItDoesNotKnow() throws Exception {
        byte[] unknown =
                concat(field(99, "x"), fixed(98, 1), field(97, varint(3)), new byte[] {(byte) 0x95, 6, 1, 2, 3, 4});
        byte[] record = concat(unknown, field(5, field(1, "hello")));

        JsonNode request = read(field(1, field(2, field(2, record))), OtlpMessage.LOGS_REQUEST);

        assertThat(request.at("/resourceLogs/0/scopeLogs/0/logRecords/0/body/stringValue")
                        .asString())
                .isEqualTo("hello");
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        byte[] value = new byte[0];
        for (int i = 0; i < 200; i++) {
            value = field(5, field(1, value));
        }
        byte[] deep = field(1, field(2, field(2, field(5, value))));

        assertThatThrownBy(() -> read(deep, OtlpMessage.LOGS_REQUEST))
                .isInstanceOf(ReadProtobuf.Malformed.class)
                .hasMessageContaining("nested too deeply");
    }

    @Test
    void refusesAFewBytesThatStandForMuchMemory() {
        byte[] many = new byte[2 * 600_000];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = 1 << 3 | 2;
        }

        assertThatThrownBy(() -> read(many, OtlpMessage.LOGS_REQUEST)).hasMessageContaining("too many parts");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void endsOrderlyOnNonsense(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(1, 60)];
            random.nextBytes(bytes);
            for (OtlpMessage message : OtlpMessage.values()) {
                try {
                    assertThat(read(bytes, message).isObject()).isTrue();
                } catch (ReadProtobuf.Malformed e) {
                    assertThat(e.getMessage()).startsWith("it ");
                }
            }
        }
    }

    private static JsonNode read(byte[] bytes, OtlpMessage message) throws ReadProtobuf.Malformed {
        return ReadProtobuf.read(bytes, message, JSON);
    }

    private static byte[] field(int number, String text) {
        return field(number, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] field(int number, byte[] content) {
        return concat(number(number << 3 | 2), number(content.length), content);
    }

    private static byte[] field(int number, Varint value) {
        return concat(number(number << 3), number(value.value()));
    }

    private static byte[] fixed(int number, long value) {
        byte[] bytes = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        return concat(number(number << 3 | 1), bytes);
    }

    private record Varint(long value) {}

    private static Varint varint(long value) {
        return new Varint(value);
    }

    private static byte[] number(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long left = value;
        while ((left & ~0x7FL) != 0) {
            out.write((int) (left & 0x7F | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
        return out.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
