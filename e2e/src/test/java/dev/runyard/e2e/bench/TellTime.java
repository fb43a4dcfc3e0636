package dev.runyard.e2e.bench;

/// The least that a program in a container can be.
final class TellTime {
    private TellTime() {}

    public static void main(String[] arguments) {
        System.out.println(System.currentTimeMillis());
    }
}
