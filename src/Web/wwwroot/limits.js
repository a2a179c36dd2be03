// The server's limits, as the page checks and names them before it sends anything. A test compares them with the server's own.

/** Of a file, and of its sound. */
export const mostBytes = 26_214_400; // 25 MB
export const mostSeconds = 300;
export const mostChannels = 2;

/** Rates in Hz. */
export const lowestRate = 16_000;
export const highestRate = 96_000;

/** Length of what one answer of a timeline, or of live listening, is about. */
export const windowSeconds = 3;
