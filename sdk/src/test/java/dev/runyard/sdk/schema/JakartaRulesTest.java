package dev.runyard.sdk.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.testing.InlineRun;
import dev.runyard.sdk.testing.InlineRunner;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JakartaRulesTest {
    record Order(
            @NotBlank String customer,
            @Min(1) @Max(9) int count,

            @DecimalMax(value = "10.5", inclusive = false) @Nullable
            Double price,

            @Email @Nullable String email,
            @NotEmpty List<@Size(min = 2, max = 3) String> codes,
            @NotNull Line line) {}

    record Line(
            @Positive int number,
            @Pattern(regexp = "[a-z]+") String text) {}

    record Ticket(@Future Instant due) {}

    record Receipt(@Positive int total) {}

    private static final Task<Order, Receipt> TASK = Task.define("order")
            .input(Order.class)
            .output(Receipt.class)
            .validated()
            .run((order, context) -> new Receipt(order.count() - 5));

    @Test
    void keepsTheRulesOfRecords() {
        InlineRun<Receipt> run = InlineRunner.create()
                .runJson(
                        TASK,
                        "{\"customer\":\" \",\"count\":10,\"price\":10.5,\"email\":\"x\",\"codes\":[\"a\"],"
                                + "\"line\":{\"number\":0,\"text\":\"A\"}}");

        assertThat(run.attempts()).isEqualTo(1);
        assertThat(run.error())
                .isInstanceOfSatisfying(
                        TaskRunError.Internal.class,
                        error -> assertThat(error.message())
                                .contains("customer must match")
                                .contains("count must be at most 9, is 10")
                                .contains("price must be less than 10.5, is 10.5")
                                .contains("email must be a valid email")
                                .contains("codes[0] must have at least 2 characters, has 1")
                                .contains("line.number must be more than 0, is 0")
                                .contains("line.text must match"));
        assertThat(InlineRunner.create().runJson(TASK, "{\"count\":1}").error())
                .isInstanceOfSatisfying(
                        TaskRunError.Internal.class,
                        error -> assertThat(error.message())
                                .contains("customer is required", "codes is required", "line is required")
                                .doesNotContain("email"));
    }

    @Test
    void keepsTheRulesOfOutputs() {
        Order good = new Order("Ada", 9, null, null, List.of("ab"), new Line(1, "x"));
        Order bad = new Order("Ada", 2, null, null, List.of("ab"), new Line(1, "x"));

        assertThat(InlineRunner.create().run(TASK, good).output()).isEqualTo(new Receipt(4));
        assertThat(InlineRunner.create().run(TASK, bad).error())
                .isInstanceOfSatisfying(
                        TaskRunError.Internal.class,
                        error -> assertThat(error.message()).contains("total must be more than 0, is -3"));
    }

    @Test
    void refusesRulesThatASchemaCannotKeep() {
        assertThatThrownBy(() -> PayloadSchema.ofType(Ticket.class))
                .hasMessageContaining("Ticket.due has the rule @Future");
    }
}
