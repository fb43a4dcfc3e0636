package dev.runyard.sdk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.sdk.AbortTaskRunException;
import dev.runyard.sdk.Retry;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.TaskQueue;
import dev.runyard.sdk.client.RunHandle;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.sdk.run.RunResult;
import dev.runyard.sdk.run.TriggerOptions;
import dev.runyard.sdk.testing.InlineRun;
import dev.runyard.sdk.testing.InlineRunner;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The examples of the documentation, compiled. */
class ExamplesTest {
    // tag::define[]
    record Order(String id, int cents) {}

    record Receipt(String orderId, String paidAt) {}

    static final Task<Order, Receipt> CHARGE = Task.define("charge-order")
            .input(Order.class)
            .output(Receipt.class)
            .retry(Retry.exponential(5, Duration.ofSeconds(2)))
            .queue(TaskQueue.limitedTo(10))
            .maxDuration(Duration.ofMinutes(1))
            .onFailure((order, error, context) -> context.logger().error("Order " + order.id() + " is unpaid"))
            .run((order, context) -> {
                if (order.cents() <= 0) {
                    throw new AbortTaskRunException("an order of " + order.cents() + " cents is never payable");
                }
                context.logger().info("Charging " + order.id());
                return new Receipt(order.id(), context.attempt().startedAt().toString());
            });
    // end::define[]

    // tag::trigger[]
    static String charge(Runyard runyard, Order order) {
        RunHandle<Receipt> run =
                runyard.trigger(CHARGE, order, TriggerOptions.none().idempotencyKey(order.id()));
        return switch (run.await(Duration.ofMinutes(5))) {
            case RunResult.Completed<Receipt> paid -> "paid at " + paid.output().paidAt();
            case RunResult.Failed<Receipt> failed -> "failed: " + failed.error().message();
            case RunResult.TimedOut<Receipt> late ->
                "took too long: " + late.error().message();
            case RunResult.Canceled<Receipt> canceled -> "canceled";
            case RunResult.Expired<Receipt> expired -> "nobody picked it up";
        };
    }
    // end::trigger[]

    // tag::test[]
    @Test
    void chargesAnOrder() {
        InlineRun<Receipt> run = InlineRunner.create().run(CHARGE, new Order("42", 999));

        assertThat(run.output()).isNotNull();
        assertThat(run.output().orderId()).isEqualTo("42");
    }
    // end::test[]

    @Test
    void abortsAnOrderThatIsNeverPayable() {
        InlineRun<Receipt> run = InlineRunner.create().run(CHARGE, new Order("42", 0));

        assertThat(run.succeeded()).isFalse();
        assertThat(run.attempts()).isEqualTo(1);
    }
}
