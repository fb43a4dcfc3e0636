package dev.runyard.examples.csv;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts different values in bounded memory: exactly up to 10,000, beyond that by HyperLogLog with 2^14 registers, whose
 * standard error is 0.8 %.
 */
final class DistinctCount {
    static final int EXACT_UP_TO = 10_000;
    private static final int INDEX_BITS = 14;
    private static final int REGISTERS = 1 << INDEX_BITS;
    private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

    private @Nullable Set<Long> exact = new HashSet<>();
    private final byte[] registers = new byte[REGISTERS];

    void add(String value) {
        long hash = hash(value);
        int index = (int) (hash >>> (Long.SIZE - INDEX_BITS));
        int rank = Long.numberOfLeadingZeros((hash << INDEX_BITS) | (1L << (INDEX_BITS - 1))) + 1;
        if (rank > registers[index]) {
            registers[index] = (byte) rank;
        }
        if (exact != null && exact.add(hash) && exact.size() > EXACT_UP_TO) {
            exact = null;
        }
    }

    boolean isExact() {
        return exact != null;
    }

    long count() {
        return exact != null ? exact.size() : Math.round(estimate());
    }

    private double estimate() {
        double sum = 0;
        int empty = 0;
        for (byte register : registers) {
            sum += Math.scalb(1.0, -register);
            empty += register == 0 ? 1 : 0;
        }
        double raw = ALPHA * REGISTERS * REGISTERS / sum;
        // Below this the raw estimate is biased and counting the empty registers is better.
        return raw <= 2.5 * REGISTERS && empty > 0 ? REGISTERS * Math.log((double) REGISTERS / empty) : raw;
    }

    /** FNV-1a over the characters, then a finalizer that spreads it over all 64 bits. */
    private static long hash(String value) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < value.length(); i++) {
            hash = (hash ^ value.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
