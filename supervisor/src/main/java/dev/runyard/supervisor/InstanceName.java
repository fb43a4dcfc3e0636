package dev.runyard.supervisor;

import dev.runyard.supervisor.config.StateFolder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The name of this supervisor. It must not change over a restart: workloads are found again by it.
///
/// @param value the name
record InstanceName(String value) {
    private static final int SUFFIX_DIGITS = 4;

    static InstanceName of(@Nullable String configured, StateFolder state) {
        return new InstanceName(
                configured != null && !configured.isBlank()
                        ? configured
                        : state.keep("instance-name", InstanceName::makeUp));
    }

    /// Host names alone are not unique: two supervisors of one host have different state folders.
    private static String makeUp() {
        String suffix = HexFormat.of().toHexDigits(RandomGenerator.getDefault().nextInt(), SUFFIX_DIGITS);
        return hostName().toLowerCase(Locale.ROOT) + "-" + suffix;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "supervisor";
        }
    }
}
