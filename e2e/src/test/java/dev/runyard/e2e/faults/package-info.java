/// Breaks a running Runyard again and again and checks what remains. Begin with [FaultSuiteIT].
@NullMarked
package dev.runyard.e2e.faults;

import org.jspecify.annotations.NullMarked;
