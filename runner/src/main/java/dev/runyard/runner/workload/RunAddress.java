package dev.runyard.runner.workload;

import java.net.URI;
import java.util.Map;

/**
 * Where the calls for a run go. Its text does not show the headers, which hold tokens.
 *
 * @param snapshots base address of the run's snapshots, without a slash at its end
 * @param headers what each call carries
 */
public record RunAddress(URI snapshots, Map<String, String> headers) {
    public RunAddress {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return snapshots.toString();
    }
}
