const reasons = {
  NotAllowedError: 'The browser may not use the microphone. Allow it in the address bar, or choose a file.',
  NotFoundError: 'There is no microphone here. Plug one in, or choose a file.',
  NotReadableError: 'Another program holds the microphone. Close it, or choose a file.',
};

/** Opens the microphone. `hear` gets blocks of samples. The result has the rate, and `close`, which waits for the last block. */
export async function openMicrophone(hear) {
  if (!navigator.mediaDevices) throw new Error('This page may only use the microphone on http://localhost or over https. Choose a file.');
  let stream;
  try {
    // What makes calls pleasant (gain, noise) also takes emotion out of a voice.
    stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
  } catch (error) {
    throw new Error(reasons[error.name] ?? `The microphone does not open (${error.message}).`);
  }
  const context = new AudioContext();
  await context.audioWorklet.addModule('recorder-worklet.js');
  await context.resume();
  const source = context.createMediaStreamSource(stream);
  const recorder = new AudioWorkletNode(context, 'recorder', { numberOfOutputs: 0 });
  let finished;
  recorder.port.onmessage = ({ data }) => data ? hear(data) : finished?.();
  source.connect(recorder);
  return {
    rate: context.sampleRate,
    async close() {
      const last = new Promise(resolve => { finished = resolve; setTimeout(resolve, 500); });
      recorder.port.postMessage('flush');
      await last;
      source.disconnect();
      stream.getTracks().forEach(track => track.stop());
      await context.close();
    },
  };
}

/** Level of a block in dB below full scale, -60 at the least. */
export function level(block) {
  let power = 0;
  for (const sample of block) power += sample * sample;
  return Math.max(-60, 10 * Math.log10(power / block.length + 1e-12));
}
