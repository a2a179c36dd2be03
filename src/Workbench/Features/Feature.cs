namespace SpeechEmotion.Features;

/// <summary>The features of one clip.</summary>
/// <param name="Values">Frames × width, row by row (frame-major): value (t, f) at t · width + f. In dB for log-mel.</param>
/// <param name="Frames">Number of frames, at least 1.</param>
/// <param name="Width">Values per frame.</param>
public sealed record Feature(float[] Values, int Frames, int Width);
