/// Redis with its log in a folder that outlives the process.
@NullMarked
package dev.runyard.cli.redis;

import org.jspecify.annotations.NullMarked;
