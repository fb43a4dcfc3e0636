package dev.runyard.sdk.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PayloadSchemaTest {
    private static final PayloadSchema PERSON = PayloadSchema.of("""
            {"type": "object", "required": ["name", "age"], "additionalProperties": false,
             "properties": {
               "name": {"type": "string", "minLength": 1},
               "age": {"type": "integer", "minimum": 0, "exclusiveMaximum": 120},
               "email": {"type": "string", "format": "email"},
               "tags": {"type": "array", "maxItems": 2, "uniqueItems": true, "items": {"enum": ["a", "b", "c"]}}}}""");

    record Address(String city, @Nullable Address former) {}

    enum Kind {
        NEW,
        OLD
    }

    record Customer(int age, Kind kind, @Nullable Instant since, List<Address> addresses, Map<String, Double> scores) {}

    record Order(
            @JsonPropertyDescription("what to send") @JsonProperty(defaultValue = "book")
            String article,

            @JsonProperty(value = "count", defaultValue = "2")
            int number,

            @JsonPropertyDescription("where to") @Nullable Address address) {}

    record Wrong(@JsonProperty(defaultValue = "two") int number) {}

    @Test
    void tellsWhatComponentsAreFor() {
        PayloadSchema schema = PayloadSchema.ofType(Order.class);

        JsonNode properties = JsonMapper.shared().readTree(schema.json()).path("properties");
        assertThat(properties.path("article").path("description").asString()).isEqualTo("what to send");
        assertThat(properties.path("article").path("default").asString()).isEqualTo("book");
        assertThat(properties.path("count").path("default").asInt()).isEqualTo(2);
        assertThat(properties.path("address").path("description").asString()).isEqualTo("where to");
        assertThat(schema.violations("{\"count\":1}"))
                .as("a default is no rule")
                .isEmpty();
        assertThat(schema.violations("{\"count\":1,\"address\":null}")).isEmpty();
        assertThat(schema.violations("{\"count\":1,\"address\":{\"city\":3}}")).hasSize(1);
    }

    @Test
    void refusesADefaultThatIsNoJson() {
        assertThatThrownBy(() -> PayloadSchema.ofType(Wrong.class))
                .hasMessageContaining("Wrong.number")
                .hasMessageContaining("`two`");
    }

    @Test
    void takesWhatKeepsAllRules() {
        assertThat(PERSON.violations("{\"name\":\"Ada\",\"age\":0,\"email\":\"a@b.c\",\"tags\":[\"a\",\"b\"]}"))
                .isEmpty();
        assertThat(PERSON.violations("{\"name\":\"Ada\",\"age\":119}")).isEmpty();
    }

    @Test
    void namesEveryViolation() {
        assertThat(PERSON.violations(
                        "{\"name\":\"\",\"age\":120,\"email\":\"nobody\",\"tags\":[\"a\",\"a\",\"x\"],\"z\":1}"))
                .containsExactly(
                        "name must have at least 1 characters, has 0",
                        "age must be less than 120, is 120",
                        "email must be a valid email",
                        "tags must have at most 2 elements, has 3",
                        "tags must not have equal elements",
                        "tags[2] must be one of [\"a\",\"b\",\"c\"]",
                        "z is not known");
        assertThat(PERSON.violations("{\"age\":-1}")).contains("name is required", "age must be at least 0, is -1");
        assertThat(PERSON.violations("[]")).containsExactly("the payload must be object, is array");
        assertThat(PERSON.violations(null)).containsExactly("the payload must be object, is null");
        assertThat(PERSON.violations("{")).hasSize(1).first().asString().contains("not valid JSON");
    }

    @Test
    void refusesKeywordsThatItWouldNotKeep() {
        assertThatThrownBy(() -> PayloadSchema.of("{\"properties\":{\"a\":{\"minimun\":1}}}"))
                .hasMessageContaining("the schema.properties.a has the keyword \"minimun\"");
        assertThatThrownBy(() -> PayloadSchema.of("{\"$ref\":\"#/definitions/none\"}"))
                .hasMessageContaining("#/definitions/none, which is not in it");
    }

    @Test
    void describesRecordsWithAllThatTheyContain() {
        PayloadSchema schema = PayloadSchema.ofType(Customer.class);

        assertThat(
                        schema.violations(
                                "{\"age\":1,\"kind\":\"NEW\",\"since\":null,\"addresses\":[{\"city\":\"Ulm\",\"former\":{\"city\":\"Bonn\"}}],\"scores\":{\"a\":1.5}}"))
                .isEmpty();
        assertThat(
                        schema.violations(
                                "{\"kind\":\"LOST\",\"since\":\"today\",\"addresses\":[{\"city\":1}],\"scores\":{\"a\":\"b\"}}"))
                .contains("age is required", "since must be a valid date-time", "scores.a must be number, is string")
                .hasSize(5);
    }
}
