type Places = { rpcUrl: string; gatewayUrl: string }

/**
 * What a page of the app may load. Contributed content is hostile, so nothing but our own files runs, and the only places
 * it can talk to are this server, the chain and the gateway.
 */
export function contentSecurityPolicy({ rpcUrl, gatewayUrl }: Places): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    // Wallets announce their icon as a data URI; verified files are shown as blobs.
    "img-src 'self' data: blob:",
    'media-src blob:',
    `connect-src 'self' ${new URL(rpcUrl).origin} ${new URL(gatewayUrl).origin}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

export function securityHeaders(places: Places): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(places),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  }
}
