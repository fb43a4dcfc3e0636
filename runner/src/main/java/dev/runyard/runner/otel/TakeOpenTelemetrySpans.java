package dev.runyard.runner.otel;

import dev.runyard.sdk.internal.RunSpans;

/** Makes this process's spans those of OpenTelemetry's API, where the bundle has it. */
public final class TakeOpenTelemetrySpans {
    private static final String API = "io/opentelemetry/api/GlobalOpenTelemetry.class";
    private static final String SDK = "io/opentelemetry/sdk/OpenTelemetrySdk.class";

    private TakeOpenTelemetrySpans() {}

    /**
     * Takes them.
     *
     * @return whether the bundle has the API and leaves it to this process
     */
    public static boolean into(RunSpans spans) {
        ClassLoader bundle = TakeOpenTelemetrySpans.class.getClassLoader();
        if (bundle.getResource(API) == null || bundle.getResource(SDK) != null) {
            return false;
        }
        return BridgedTelemetry.install(spans);
    }
}
