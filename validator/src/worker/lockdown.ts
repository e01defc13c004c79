import dgram from 'node:dgram'
import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import { NetworkDeniedError } from './errors.ts'

/**
 * Imported before any decoder: from here on this process opens no socket. Node's permission model already denies it
 * writing files and starting processes; it has no switch for the network.
 */
function deny(): never {
  throw new NetworkDeniedError()
}

net.Socket.prototype.connect = deny
net.Server.prototype.listen = deny
dgram.Socket.prototype.bind = deny
dgram.Socket.prototype.send = deny
dgram.Socket.prototype.connect = deny
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'reverse'] as const) {
  Object.defineProperty(dns, name, { value: deny })
  Object.defineProperty(dns.promises, name, { value: deny })
}
for (const name of ['fetch', 'WebSocket', 'EventSource']) Object.defineProperty(globalThis, name, { value: deny })
// Named imports of these modules see the same.
syncBuiltinESMExports()
