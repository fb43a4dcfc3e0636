/// Large payloads. Entry: PacketController.
///
/// The official client uploads a payload of 128 KiB or more before it triggers with it. It asks for an address, puts
/// the payload there without its key (PacketSignature stands for it), and triggers with the path. The run gets a copy
/// of the payload, so a packet is needed for as long as a client may take from the one call to the other.
@NullMarked
package dev.runyard.webapp.api.packet;

import org.jspecify.annotations.NullMarked;
