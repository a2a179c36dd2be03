// How each class looks: an emoji and a colour that reads on light and on dark. Names of a user's own label set get a plain face.
const known = {
  anger: ['😠', '#e8590c'], happy: ['😄', '#e0a100'], neutral: ['😐', '#868e96'], sad: ['😢', '#4c7df0'],
  fear: ['😨', '#9c5fe0'], disgust: ['🤢', '#4f9a3c'], calm: ['😌', '#1aa3a3'], surprise: ['😲', '#e0569b'],
};
const others = { angry: 'anger', happiness: 'happy', sadness: 'sad', fearful: 'fear', surprised: 'surprise' };

const look = name => known[others[name] ?? name] ?? ['🎭', '#868e96'];

export const emoji = name => look(name)[0];
export const colour = name => look(name)[1];

/** Percentages with one decimal that sum to 100 as they are shown: what rounding takes goes to the largest remainders. */
export function percentages(shares) {
  const exact = shares.map(share => share * 1000);
  const tenths = exact.map(Math.floor);
  const order = exact.map((value, i) => [value - tenths[i], i]).sort((a, b) => b[0] - a[0]);
  const missing = 1000 - tenths.reduce((sum, value) => sum + value, 0);
  for (let i = 0; i < missing; i++) tenths[order[i % order.length][1]]++;
  return tenths.map(value => (value / 10).toFixed(1));
}
