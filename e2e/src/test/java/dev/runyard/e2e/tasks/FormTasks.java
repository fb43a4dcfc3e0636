package dev.runyard.e2e.tasks;

import dev.runyard.sdk.Retry;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.schema.PayloadSchema;

/// A task whose payload the page of tests shows as a form.
public final class FormTasks {
    /// Says what was ordered.
    public static final Task<Order, String> ORDER = Task.define("order")
            .input(Order.class)
            .output(String.class)
            .schema(PayloadSchema.ofType(Order.class))
            .retry(Retry.none())
            .run((order, _) -> "%d for %s, %s%s"
                    .formatted(order.amount(), order.customer(), order.size(), order.gift() ? ", gift" : ""));

    private FormTasks() {}

    /// One field of each sort.
    public record Order(String customer, int amount, boolean gift, Size size) {}

    /// How large a parcel is.
    public enum Size {
        SMALL,
        LARGE
    }
}
