/** engine.io-parser 2.x (protocol 3) ships no types; this is the part that is used. */
declare module 'engine.io-parser-v3' {
  interface PacketV3 {
    type: string;
    data?: string | object;
  }
  const parser: {
    decodePayload(
      data: string,
      binaryType: 'arraybuffer',
      callback: (packet: PacketV3, index: number, total: number) => void,
    ): void;
    encodePayload(packets: PacketV3[], supportsBinary: boolean, callback: (encoded: string) => void): void;
  };
  export default parser;
}
