/// What the tests of every module share: real servers, a clock to move, and a word on what the machine lacks.
@NullMarked
package dev.runyard.testkit;

import org.jspecify.annotations.NullMarked;
