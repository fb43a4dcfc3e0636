package dev.runyard.spring;

import dev.runyard.sdk.internal.LogLine;
import dev.runyard.worker.WorkerListener;
import java.time.Duration;
import java.util.List;

/** Tells several listeners. */
final class AllListeners implements WorkerListener {
    private final List<WorkerListener> listeners;

    AllListeners(List<WorkerListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void registered(String version, int tasks) {
        listeners.forEach(one -> one.registered(version, tasks));
    }

    @Override
    public void taken(String run) {
        listeners.forEach(one -> one.taken(run));
    }

    @Override
    public void attemptEnded(String task, String run, boolean succeeded, Duration took) {
        listeners.forEach(one -> one.attemptEnded(task, run, succeeded, took));
    }

    @Override
    public void line(String task, String run, LogLine line) {
        listeners.forEach(one -> one.line(task, run, line));
    }

    @Override
    public void problem(String sentence) {
        listeners.forEach(one -> one.problem(sentence));
    }
}
