namespace SpeechEmotion;

/// <summary>The request was valid, but the work failed. The message is one line; the command line prints it alone and exits with
/// 1.</summary>
/// <param name="message">What went wrong, where, and what to try.</param>
/// <param name="inner">The cause, kept for `--verbose`.</param>
public sealed class RunFailedException(string message, Exception? inner = null) : Exception(message, inner);
