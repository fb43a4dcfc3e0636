package dev.runyard.engine.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.metadata.ApplyOperations.Applied;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ApplyOperationsTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }

    private static String apply(String document, MetadataOperation... operations) {
        Applied applied = new ApplyOperations().apply((ObjectNode) json(document), List.of(operations));
        return switch (applied) {
            case Applied.Done done -> JSON.writeValueAsString(done.document()).replace('"', '\'');
            case Applied.Refused refused -> refused.sentence();
        };
    }

    private static MetadataOperation set(String key, String value) {
        return new MetadataOperation.Set(key, json(value));
    }

    private static MetadataOperation increment(String key, String by) {
        return new MetadataOperation.Increment(key, new BigDecimal(by));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                     | status      | {'status':1}",
                "{'status':2}           | status      | {'status':1}",
                "{}                     | a.b         | {'a.b':1}",
                "{}                     | $.a.b       | {'a':{'b':1}}",
                "{}                     | $.a[0].b    | {'a':[{'b':1}]}",
                "{'a':[5,6]}            | $.a[1]      | {'a':[5,1]}",
                "{'a':[5,6]}            | $.a.1       | {'a':[5,1]}",
                "{'a':[5,6]}            | $.a[2]      | {'a':[5,6,1]}",
                "{'a':[5,6]}            | $.a[9]      | {'a':[5,6]}",
                "{}                     | $.a['b.c']  | {'a':{'b.c':1}}",
                "{'a':null}             | $.a.b       | {'a':{'b':1}}",
                "{'a':'text'}           | $.a.b       | {'a':'text'}",
                "{'a':{}}               | $.a[0]      | {'a':{}}"
            })
    void assignsAndMakesWhatIsMissing(String before, String key, String after) {
        assertThat(apply(before, set(key, "1"))).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1,'b':2}     | a      | {'b':2}",
                "{'a':{'b':1}}     | $.a.b  | {'a':{}}",
                "{'a':[1,2,3]}     | $.a[1] | {'a':[1,3]}",
                "{'a':1}           | $.b.c  | {'a':1}",
                "{'a':1}           | $.a.b  | {'a':1}"
            })
    void deletesWhatIsThere(String before, String key, String after) {
        assertThat(apply(before, new MetadataOperation.Delete(key))).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}            | log     | {'log':['x']}",
                "{'log':['a']} | log     | {'log':['a','x']}",
                "{'log':'a'}   | log     | {'log':['a','x']}",
                "{'log':null}  | log     | {'log':[null,'x']}",
                "{}            | $.a.log | {'a':{'log':['x']}}"
            })
    void appendsToAnArray(String before, String key, String after) {
        assertThat(apply(before, new MetadataOperation.Append(key, json("'x'"))))
                .isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':[1,2,1.0,'1']}     | a   | 1           | {'a':[2,'1']}",
                "{'a':[{'b':[1]},{'b':[2]}]} | $.a | {'b':[1.00]} | {'a':[{'b':[2]}]}",
                "{'a':1}                 | a   | 1           | {'a':1}",
                "{}                      | a   | 1           | {}"
            })
    void removesEqualElements(String before, String key, String value, String after) {
        assertThat(apply(before, new MetadataOperation.Remove(key, json(value))))
                .isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'n':1}                    | 1    | {'n':2}",
                "{'n':0.1}                  | 0.2  | {'n':0.3}",
                "{'n':1.5}                  | -0.5 | {'n':1}",
                "{'n':99}                   | 1    | {'n':100}",
                "{}                         | 3    | {'n':3}",
                "{'n':'5'}                  | 3    | {'n':3}",
                "{'n':9007199254740993}     | 1    | {'n':9007199254740994}",
                "{'n':99999999999999999999} | 1    | {'n':100000000000000000000}"
            })
    void addsExactly(String before, String by, String after) {
        assertThat(apply(before, increment("n", by))).isEqualTo(after);
    }

    @Test
    void refusesToWriteOutNumbersOfAThousandMillionDigits() {
        assertThat(apply("{'n':1}", increment("n", "1E+999999999")))
                .isEqualTo("Metadata key 'n' holds, or is incremented by, a number of more than 400 digits.");
        assertThat(apply("{'n':1e-999999}", increment("n", "1"))).startsWith("Metadata key 'n' holds");
    }

    @Test
    void appliesStepsInTheirOrder() {
        assertThat(apply(
                        "{'old':1}",
                        new MetadataOperation.Update((ObjectNode) json("{'a':1}")),
                        increment("a", "1"),
                        set("$.b.c", "[]"),
                        new MetadataOperation.Append("$.b.c", json("true")),
                        new MetadataOperation.Delete("a")))
                .isEqualTo("{'b':{'c':[true]}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$.",
                "$.a..b",
                "$.a[",
                "$.a[x]",
                "$.*",
                "$.a[*]",
                "$.a[-1]",
                "__proto__",
                "$.a.constructor.b",
                "$.prototype",
                "$.a[1234567]"
            })
    void refusesKeysThatAreNoPlaces(String key) {
        assertThat(apply("{}", set(key, "1")))
                .isEqualTo("Metadata key '" + key + "' is not a name or a path such as $.counters.done.");
    }

    @Test
    void takesPathsOfAHundredStepsAndNoMore() {
        assertThat(apply("{}", set("$" + ".a".repeat(100), "1"))).startsWith("{'a':{'a':");
        assertThat(apply("{}", set("$" + ".a".repeat(101), "1"))).startsWith("Metadata key '$.a.a");
    }
}
