# Sourced by mvnw, runyard and .ci/run: find_jdk25 prints the home of a JDK 25, or fails.

is_jdk25() { [ -x "$1/bin/javac" ] && "$1/bin/javac" -version 2>&1 | grep -q '^javac 25'; }

find_jdk25() {
    for home in "${JAVA_HOME:-}" "${JAVA_HOME_25:-}" /usr/lib/jvm/* /opt/java/* "$HOME"/.sdkman/candidates/java/25* \
        "$HOME"/.jdks/*25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
        if [ -n "$home" ] && is_jdk25 "$home"; then
            echo "$home"
            return 0
        fi
    done
    return 1
}
