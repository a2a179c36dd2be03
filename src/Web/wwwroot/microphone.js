import { highestRate, lowestRate } from './limits.js';

const reasons = {
  NotAllowedError: 'The browser may not use the microphone. Allow it in the address bar, or choose a file.',
  NotFoundError: 'There is no microphone here. Plug one in, or choose a file.',
  NotReadableError: 'Another program holds the microphone. Close it, or choose a file.',
};

/** Opens the microphone. `hear` gets blocks of samples, `lost` is called when it is unplugged or taken away. The result has the rate, and `close`, which waits for the last block. */
export async function openMicrophone(hear, lost) {
  if (!navigator.mediaDevices) throw new Error('This page may only use the microphone on http://localhost or over https. Choose a file.');
  let stream;
  try {
    // What makes calls pleasant (gain, noise) also takes emotion out of a voice.
    stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
  } catch (error) {
    throw new Error(reasons[error.name] ?? `The microphone does not open (${error.message}).`);
  }
  const [track] = stream.getAudioTracks();
  let context, source, recorder;
  const release = () => {
    track.stop();
    return context?.close();
  };
  try {
    context = new AudioContext();
    if (context.sampleRate < lowestRate || context.sampleRate > highestRate) { // The server takes no such rate, so the browser converts.
      await context.close();
      context = new AudioContext({ sampleRate: 48000 });
    }
    await context.audioWorklet.addModule('recorder-worklet.js');
    await context.resume();
    source = context.createMediaStreamSource(stream);
    recorder = new AudioWorkletNode(context, 'recorder', { numberOfOutputs: 0 });
  } catch (error) {
    await release(); // or the browser's sign of recording would stay on
    throw new Error(`Recording does not start (${error.message}). Is the server still running? Reload the page.`);
  }
  let finished, closed;
  const close = async () => {
    const last = new Promise(resolve => { finished = resolve; setTimeout(resolve, 500); });
    recorder.port.postMessage('flush');
    await last;
    source.disconnect();
    await release();
  };
  track.onended = lost;
  if (track.readyState === 'ended') setTimeout(lost); // before anyone listened for it
  recorder.port.onmessage = ({ data }) => data ? hear(data) : finished?.();
  source.connect(recorder);
  return {
    rate: context.sampleRate,
    close: () => closed ??= close(),
  };
}

/** Level of a block in dB below full scale, -60 at the least. */
export function level(block) {
  let power = 0;
  for (const sample of block) power += sample * sample;
  return Math.max(-60, 10 * Math.log10(power / block.length + 1e-12));
}
