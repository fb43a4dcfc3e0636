package dev.runyard.engine.attempt;

import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.TaskRunError;
import org.jspecify.annotations.Nullable;

/// Recognizes that an attempt ran out of memory, in all the words in which workers say so.
///
/// A worker that saw the kill reports a code of its own. Others only know how the process ended: the kernel kills with
/// SIGKILL, JavaScript's engine aborts itself at its heap limit, and a child process such as ffmpeg can be the one that
/// is killed, which reaches the task as an ordinary exception.
final class OutOfMemory {
    private OutOfMemory() {}

    static boolean caused(TaskRunError error) {
        return switch (error) {
            case TaskRunError.Internal internal -> caused(internal);
            case TaskRunError.BuiltIn thrown -> thrown.message().contains("ffmpeg was killed with signal SIGKILL");
            case TaskRunError.Custom _, TaskRunError.Text _ -> false;
        };
    }

    private static boolean caused(TaskRunError.Internal error) {
        if (error.code().retry() == InternalErrorCode.Retry.ON_LARGER_MACHINE) {
            return true;
        }
        if (error.code() != InternalErrorCode.TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE) {
            return false;
        }
        String message = orEmpty(error.message());
        boolean killed = message.contains("SIGKILL") && message.contains("-1");
        boolean aborted = message.contains("SIGABRT") && saysHeapLimit(message + orEmpty(error.stackTrace()));
        return killed || aborted;
    }

    private static boolean saysHeapLimit(String text) {
        return text.contains("heap out of memory") || text.contains("Reached heap limit");
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
