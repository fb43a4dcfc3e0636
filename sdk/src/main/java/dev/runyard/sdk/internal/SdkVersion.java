package dev.runyard.sdk.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which version of the SDK this is. */
public final class SdkVersion {
    private SdkVersion() {}

    /** Returns the version, such as {@code 1.2.3}. */
    public static String get() {
        Properties properties = new Properties();
        try (InputStream in = SdkVersion.class.getResourceAsStream("version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }
}
