/// A JUnit extension that starts a server for tests. Entry: RunyardTest.
@NullMarked
package dev.runyard.junit;

import org.jspecify.annotations.NullMarked;
