package dev.runyard.webapp.api.packet;

/// A payload that was uploaded.
///
/// @param content serialized payload
/// @param contentType its media type
public record Packet(String content, String contentType) {}
