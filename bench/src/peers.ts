export async function measurePeers() { return { peers: {} as Record<string, number>, rows: [] } }
