import { openMicrophone } from './microphone.js';
import { toPcm } from './wav.js';

/** Listens until `close` is called or the server ends it. `hear` gets each block of sound, `answer` each answer, `ended` a reason if it was not asked for. */
export async function listenLive(model, { hear, answer, ended }) {
  let socket, waiting = [], asked = false;
  const end = async reason => {
    if (asked) return;
    asked = true;
    socket?.close();
    await microphone.close();
    ended(reason);
  };
  const microphone = await openMicrophone(block => {
    hear(block);
    // A slow network: rather a gap than an answer about long ago. Two seconds of sound may wait.
    if (socket?.readyState === WebSocket.OPEN && socket.bufferedAmount < 4 * microphone.rate) {
      [...waiting, block].forEach(part => socket.send(toPcm(part)));
      waiting = [];
    } else if (socket?.readyState === WebSocket.CONNECTING) {
      waiting.push(block);
    }
  }, () => end('The microphone is gone. Plug it in again, or choose a file.'));
  const address = new URL(`api/live?${new URLSearchParams({ model, rate: microphone.rate })}`, location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  socket = new WebSocket(address);
  socket.onmessage = ({ data }) => {
    try {
      answer(JSON.parse(data));
    } catch (error) {
      end(error.message);
    }
  };
  socket.onclose = ({ reason }) => end(reason || 'The connection has ended. Is `ser serve` still running?');
  return {
    async close() {
      asked = true;
      await microphone.close();
      socket.close();
    },
  };
}
