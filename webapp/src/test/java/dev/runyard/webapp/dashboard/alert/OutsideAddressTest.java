package dev.runyard.webapp.dashboard.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutsideAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.9.9.9",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2001::1",
                "2002:a00:1::",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void insideIsNotReached(String address) throws UnknownHostException {
        assertThat(OutsideAddress.isOutside(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "93.184.216.34",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.0.1.1",
                "198.17.0.1",
                "198.20.0.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2001:db8::1"
            })
    void outsideIs(String address) throws UnknownHostException {
        assertThat(OutsideAddress.isOutside(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void onlyAddressesOfTheWebAreTargets() {
        assertThat(PostOutside.problem("https://example.com/hook?a=b")).isEmpty();
        assertThat(PostOutside.problem("http://[2606:4700::1111]:8080/")).isEmpty();
        for (String wrong : new String[] {
            "",
            "example.com",
            "ftp://example.com",
            "file:///etc/passwd",
            "https://",
            "https://a:b@example.com/",
            "https://example.com/#x",
            "https://exa mple.com/",
            "javascript:alert(1)"
        }) {
            assertThat(PostOutside.problem(wrong)).as(wrong).isPresent();
        }
    }
}
