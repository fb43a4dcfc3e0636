@NullMarked
package dev.runyard.junit;

import org.jspecify.annotations.NullMarked;
