// Hands the microphone's first channel on in blocks of some 2,000 samples.
registerProcessor('recorder', class extends AudioWorkletProcessor {
  constructor() {
    super();
    this.block = new Float32Array(2048);
    this.filled = 0;
    this.port.onmessage = () => { this.send(); this.port.postMessage(null); };
  }

  send() {
    if (this.filled > 0) this.port.postMessage(this.block.slice(0, this.filled));
    this.filled = 0;
  }

  process([input]) {
    const channel = input[0];
    if (channel) {
      if (this.filled + channel.length > this.block.length) this.send();
      this.block.set(channel, this.filled);
      this.filled += channel.length;
    }
    return true;
  }
});
