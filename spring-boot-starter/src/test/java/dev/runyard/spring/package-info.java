@NullMarked
package dev.runyard.spring;

import org.jspecify.annotations.NullMarked;
