/** Tasks that the tests of the runner execute in a process of its own. */
@NullMarked
package com.example.tasks;

import org.jspecify.annotations.NullMarked;
