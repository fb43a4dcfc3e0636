package dev.runyard.sdk.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runyard.sdk.TypeReference;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PayloadCodecTest {
    private final PayloadCodec codec = new PayloadCodec();

    record Order(int id, List<String> items) {}

    record Everything(
            Instant when,
            BigInteger big,
            Map<String, Instant> dates,
            Set<Integer> numbers,
            URI site,
            @Nullable Integer missing) {}

    @Test
    void readsAndWritesJson() {
        String json = codec.encode(new Order(7, List.of("tea")));

        assertThat(json).isEqualTo("{\"id\":7,\"items\":[\"tea\"]}");
        assertThat(codec.decode(json, PayloadCodec.JSON, Order.class)).isEqualTo(new Order(7, List.of("tea")));
    }

    @Test
    void ignoresMembersThatTheTypeDoesNotHave() {
        assertThat(codec.decode("{\"id\":1,\"items\":[],\"more\":true}", PayloadCodec.JSON, Order.class))
                .isEqualTo(new Order(1, List.of()));
    }

    @Test
    void saysWhereAPayloadDoesNotFit() {
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> codec.decode("{\"id\":\"seven\"}", PayloadCodec.JSON, Order.class))
                .withMessageContaining("id")
                .withMessageContaining("seven");
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> codec.decode("{nope", PayloadCodec.JSON, Order.class))
                .withMessageContaining("not valid JSON");
    }

    @Test
    void readsABareStringForATaskThatTakesOne() {
        assertThat(codec.decode("hello", PayloadCodec.TEXT, String.class)).isEqualTo("hello");
        assertThat(codec.decode("\"hello\"", PayloadCodec.JSON, String.class)).isEqualTo("hello");
        assertThat(codec.decode("hello", PayloadCodec.JSON, String.class)).isEqualTo("hello");
        assertThat(codec.decode("", PayloadCodec.TEXT, String.class)).isEqualTo("");
    }

    @Test
    void readsJsonInATextForATaskThatTakesARecord() {
        assertThat(codec.decode("{\"id\":1,\"items\":[]}", PayloadCodec.TEXT, Order.class))
                .isEqualTo(new Order(1, List.of()));
    }

    @Test
    void readsNothingAsNull() {
        assertThat(codec.decode("", PayloadCodec.JSON, Order.class)).isNull();
        assertThat(codec.decode(null, PayloadCodec.JSON, Order.class)).isNull();
        assertThat(codec.decode("null", PayloadCodec.JSON, Order.class)).isNull();
        assertThat(codec.decode("{\"a\":1}", PayloadCodec.JSON, Void.class)).isNull();
    }

    @Test
    void readsTheTypesThatTheTypeScriptClientNotes() {
        String text = """
                {"json":{"when":"2026-08-01T10:00:00.000Z","big":"12345678901234567890",
                         "dates":[["a.b","2026-08-01T10:00:00.000Z"]],"numbers":[3,1],"site":"https://example.com/",
                         "missing":null},
                 "meta":{"values":{"when":["Date"],"big":["bigint"],"dates":["map",{"0.1":["Date"]}],
                         "numbers":["set"],"site":["URL"],"missing":["undefined"]}}}""";

        assertThat(codec.decode(text, PayloadCodec.SUPER_JSON, Everything.class))
                .isEqualTo(new Everything(
                        Instant.parse("2026-08-01T10:00:00Z"),
                        new BigInteger("12345678901234567890"),
                        Map.of("a.b", Instant.parse("2026-08-01T10:00:00Z")),
                        Set.of(1, 3),
                        URI.create("https://example.com/"),
                        null));
    }

    @Test
    void readsMapsInsideOfMapsAndKeysWithDots() {
        String text = """
                {"json":{"a.b":[["outer",[["inner",1]]]]},
                 "meta":{"values":{"a\\\\.b":["map",{"0.1":["map"]}]}}}""";

        assertThat(codec.decode(
                        text,
                        PayloadCodec.SUPER_JSON,
                        new TypeReference<Map<String, Map<String, Map<String, Integer>>>>() {}.type()))
                .isEqualTo(Map.of("a.b", Map.of("outer", Map.of("inner", 1))));
    }

    @Test
    void readsANotedValueAtTheTop() {
        String date = "{\"json\":\"2026-08-01T10:00:00.000Z\",\"meta\":{\"values\":[\"Date\"]}}";
        String map = "{\"json\":[[\"k\",2]],\"meta\":{\"values\":[\"map\"]}}";
        String undefined = "{\"json\":null,\"meta\":{\"values\":[\"undefined\"]}}";

        assertThat(codec.decode(date, PayloadCodec.SUPER_JSON, Instant.class))
                .isEqualTo(Instant.parse("2026-08-01T10:00:00Z"));
        assertThat(codec.decode(map, PayloadCodec.SUPER_JSON, new TypeReference<Map<String, Integer>>() {}.type()))
                .isEqualTo(Map.of("k", 2));
        assertThat(codec.decode(undefined, PayloadCodec.SUPER_JSON, Order.class))
                .isNull();
    }

    @Test
    void readsSuperJsonWithoutNotes() {
        assertThat(codec.decode("{\"json\":{\"id\":1,\"items\":[]}}", PayloadCodec.SUPER_JSON, Order.class))
                .isEqualTo(new Order(1, List.of()));
    }
}
