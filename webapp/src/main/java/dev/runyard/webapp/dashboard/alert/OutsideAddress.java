package dev.runyard.webapp.dashboard.alert;

import java.net.Inet6Address;
import java.net.InetAddress;

/// Tells addresses of the open network from those that only this server should reach: its own, its network's, and those
/// that lead to either in disguise.
final class OutsideAddress {
    private OutsideAddress() {}

    static boolean isOutside(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? isOutside6(bytes) : isOutside4(bytes);
    }

    private static boolean isOutside4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean isThisNetwork = first == 0;
        boolean isCarrier = first == 100 && second >= 64 && second < 128;
        boolean isAssigned = first == 192 && second == 0 && bytes[2] == 0;
        boolean isBenchmark = first == 198 && (second == 18 || second == 19);
        boolean isReserved = first >= 240;
        return !isThisNetwork && !isCarrier && !isAssigned && !isBenchmark && !isReserved;
    }

    /// Addresses that carry one of IPv4 in them are left out as a whole: nobody needs them for a webhook.
    private static boolean isOutside6(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean isLocal = (first & 0xfe) == 0xfc;
        boolean isSixToFour = first == 0x20 && second == 0x02;
        boolean isTeredo = first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0;
        boolean isTranslated =
                first == 0x00 && second == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b;
        boolean isCompatible = first == 0 && second == 0;
        return !isLocal && !isSixToFour && !isTeredo && !isTranslated && !isCompatible;
    }
}
